/** Two short tones every ten seconds while nobody has taken a call for help; a wall screen may be looked away from. */
import { useEffect, useState } from 'react';

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

/**
 * @param calls ids of the calls nobody has taken: those that are there can be muted, the next one sounds again, so that
 * nobody sits beside a board that was silenced in another night
 */
export function useAlarmSound(calls: readonly string[]): { muted: boolean; toggle: () => void } {
  const [silenced, setSilenced] = useState<ReadonlySet<string>>(new Set());
  const muted = calls.every((id) => silenced.has(id));
  useEffect(() => {
    if (muted || typeof AudioContext === 'undefined') return;
    const context = new AudioContext();
    const go = () => {
      if (context.state === 'running') sound(context);
      // A browser lets a page sound only after somebody has touched it; then the next round is heard.
      else void context.resume().catch(() => undefined);
    };
    context.addEventListener('statechange', go);
    go();
    const timer = setInterval(go, everyMs);
    return () => {
      clearInterval(timer);
      context.removeEventListener('statechange', go);
      void context.close();
    };
  }, [muted]);
  return { muted, toggle: () => setSilenced(new Set(muted ? [] : calls)) };
}
