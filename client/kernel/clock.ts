/**
 * One clock for everything that ages on a screen, so that all of it ticks together and costs one timer; and the
 * server's clock, which dates what people do.
 */
import { useSyncExternalStore } from 'react';
import { readStored, writeStored } from './stored.ts';

const tickMs = 10_000;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = Date.now();
    timer = setInterval(tick, tickMs);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

/** Milliseconds since the epoch, renewed every ten seconds. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now);

/*
 * The server's clock, as far as this device can know it: its own, set right by what the server's answers say. A tablet
 * that lay in a drawer for a year may be minutes or days off, and what it records must still be dated right.
 */
const key = 'nuanxun.clock';
const most = 5;
const longestTripMs = 30_000;
/** The header tells whole seconds: differences below this are noise. */
const grainMs = 1_000;

interface Sample {
  offsetMs: number;
  /** ms the answer took: the offset is no better known than that */
  tripMs: number;
}

/** Median of the samples; 0 when it is within what they cannot tell. */
export function offsetOf(samples: readonly Sample[]): number {
  if (samples.length === 0) return 0;
  const middle = (values: number[]) =>
    values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  const offset = middle(samples.map((sample) => sample.offsetMs));
  const trip = middle(samples.map((sample) => sample.tripMs));
  return Math.abs(offset) <= Math.max(trip, 1.5 * grainMs) ? 0 : Math.round(offset);
}

const stored = readStored(key);
let samples: Sample[] = [];
let offsetMs = typeof stored === 'number' && Number.isFinite(stored) ? stored : 0;

/** `date` is the answer's header; the two moments are this device's own clock, in ms. */
export function hearServerDate(date: string | null, askedAt: number, heardAt: number): void {
  const told = date === null ? Number.NaN : Date.parse(date);
  const tripMs = heardAt - askedAt;
  // Negative: the device's clock was changed while the answer was on its way. Too long: it slept meanwhile.
  if (!Number.isFinite(told) || tripMs < 0 || tripMs > longestTripMs) return;
  const sample = { offsetMs: told + grainMs / 2 - (askedAt + heardAt) / 2, tripMs };
  // A clock that was set anew makes all earlier samples void.
  const jumped = samples.length > 0 && Math.abs(sample.offsetMs - offsetOf(samples)) > 60_000;
  samples = [...(jumped ? [] : samples), sample].slice(-most);
  const next = offsetOf(samples);
  if (next === offsetMs) return;
  // Small wavering is not worth a step in time.
  if (next !== 0 && offsetMs !== 0 && Math.abs(next - offsetMs) < 2 * grainMs) return;
  offsetMs = next;
  writeStored(key, offsetMs);
}

/** ms since 1970, by the server's clock as far as it is known. */
export const serverNow = (): number => Date.now() + offsetMs;
