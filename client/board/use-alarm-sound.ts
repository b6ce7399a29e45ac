/** Two short tones every ten seconds while nobody has taken a call for help; a wall screen may be looked away from. */
import { useEffect, useState } from 'react';
import { readStored, writeStored } from '../kernel/stored.ts';

const key = 'nuanxun.alarm.muted';
const everyMs = 10_000;
const tones = [
  { at: 0, hertz: 880 },
  { at: 0.28, hertz: 660 },
];

function sound(context: AudioContext): void {
  for (const { at, hertz } of tones) {
    const start = context.currentTime + at;
    const tone = new OscillatorNode(context, { frequency: hertz });
    const loudness = new GainNode(context, { gain: 0.25 });
    tone.connect(loudness).connect(context.destination);
    tone.start(start);
    tone.stop(start + 0.22);
  }
}

export function useAlarmSound(sounding: boolean): { muted: boolean; toggle: () => void } {
  const [muted, setMuted] = useState(() => readStored(key) === true);
  useEffect(() => {
    if (!sounding || muted || typeof AudioContext === 'undefined') return;
    const context = new AudioContext();
    const go = () => {
      // A browser lets a page sound only after somebody has touched it.
      if (context.state === 'running') sound(context);
      else void context.resume().then(() => sound(context));
    };
    go();
    const timer = setInterval(go, everyMs);
    return () => {
      clearInterval(timer);
      void context.close();
    };
  }, [sounding, muted]);
  const toggle = () =>
    setMuted((was) => {
      writeStored(key, !was);
      return !was;
    });
  return { muted, toggle };
}
