import { useEffect, useRef, useState } from 'react';
import { Recorder } from './recorder.ts';
import type { RecorderState } from './recorder.ts';

/** One recorder for as long as the component lives; the microphone is let go when it leaves. */
export function useRecorder(): { state: RecorderState; recorder: () => Recorder } {
  const [state, setState] = useState<RecorderState>({ kind: 'idle' });
  const held = useRef<Recorder | null>(null);
  useEffect(
    () => () => {
      held.current?.close();
      held.current = null;
    },
    [],
  );
  const recorder = () => (held.current ??= new Recorder(setState));
  return { state, recorder };
}

/** Whole seconds since a recording began, ticking; 0 while there is none. */
export function useElapsedSeconds(startedAt: number | null): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    setSeconds(0);
    if (startedAt === null) return;
    const timer = setInterval(
      () => setSeconds(Math.floor((performance.now() - startedAt) / 1000)),
      250,
    );
    return () => clearInterval(timer);
  }, [startedAt]);
  return seconds;
}

/** How loud it is, 0 to 1, about ten times a second; null where this browser cannot tell. */
export function useLevel(sound: () => MediaStream | null, on: boolean): number | null {
  const [level, setLevel] = useState<number | null>(null);
  const read = useRef(sound);
  read.current = sound;
  useEffect(() => {
    setLevel(null);
    const stream = on ? read.current() : null;
    if (stream === null || typeof AudioContext === 'undefined') return;
    let context: AudioContext;
    let timer: ReturnType<typeof setInterval> | undefined;
    try {
      context = new AudioContext();
      const meter = context.createAnalyser();
      meter.fftSize = 512;
      context.createMediaStreamSource(stream).connect(meter);
      const samples = new Float32Array(meter.fftSize);
      timer = setInterval(() => {
        meter.getFloatTimeDomainData(samples);
        const power = samples.reduce((sum, value) => sum + value * value, 0) / samples.length;
        setLevel(Math.min(1, Math.sqrt(power) * 4));
      }, 100);
    } catch {
      return;
    }
    return () => {
      clearInterval(timer);
      void context.close();
    };
  }, [on]);
  return level;
}
