/** How much a source is worth just now: pure rules over when it told something last. */
import { hourMs } from './hours.ts';
import type { SourceKind, SourceState } from './schema.ts';

/** After so long without a word a source isn't counted any more *(ours)*. */
export const countedHours = 12;
const staleHoursAtLeast = 3;

/** How often each is asked, in minutes: models are run a few times a day, warnings can come at any moment. */
export const intervalMinutes: Record<SourceKind, number> = {
  open_meteo: 30,
  qweather: 30,
  cap_feed: 5,
  hand: 60,
};

/** @param toldAt when what it tells was made, not when it was fetched: an old answer fetched anew is an old answer */
export function sourceState(
  source: { kind: SourceKind; enabled: boolean; toldAt: string | null },
  nowMs: number,
): SourceState {
  if (!source.enabled) return 'off';
  if (source.toldAt === null) return 'never';
  const ageMs = nowMs - Date.parse(source.toldAt);
  const freshMs = Math.max(staleHoursAtLeast * hourMs, 2 * intervalMinutes[source.kind] * 60_000);
  if (ageMs <= freshMs) return 'fresh';
  return ageMs <= countedHours * hourMs ? 'stale' : 'failing';
}

export const isCounted = (state: SourceState): boolean => state === 'fresh' || state === 'stale';

const firstPauseMs = 60_000;
const longestPauseMs = 6 * hourMs;
/**
 * How long to wait before the next question: the interval after an answer, after failures a minute, two, four … up to
 * the interval, each a little off so that a thousand cities don't ask in the same second. What the provider asks for
 * (Retry-After) is kept, up to six hours.
 * @param chance 0…1
 */
export function pauseMs(
  kind: SourceKind,
  { failures, retryAfterMs }: { failures: number; retryAfterMs: number | null },
  chance: number,
): number {
  const interval = intervalMinutes[kind] * 60_000;
  const backoff =
    failures === 0 ? interval : Math.min(interval, firstPauseMs * 2 ** (failures - 1));
  const jittered = backoff * (0.9 + 0.2 * chance);
  return Math.round(Math.max(jittered, Math.min(retryAfterMs ?? 0, longestPauseMs)));
}
