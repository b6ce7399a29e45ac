/**
 * What a key point starts with until somebody sets it: how near counts as having been there, the local hours to watch
 * it, and how often it is to be seen on a normal and on a cold night. All of them ours: a round of a night shift sees
 * each place once, on a cold night two to four times; heating vents and stations, where people stay all night, more.
 */
import type { KeyPointDraft, KeyPointKind } from './schema.ts';

export type KeyPointDefaults = Pick<
  KeyPointDraft,
  'radiusMeters' | 'fromHour' | 'toHour' | 'normalEveryMinutes' | 'coldEveryMinutes'
>;

const defaults = (
  radiusMeters: number,
  [fromHour, toHour]: [number, number],
  [normalEveryMinutes, coldEveryMinutes]: [number, number],
): KeyPointDefaults => ({ radiusMeters, fromHour, toHour, normalEveryMinutes, coldEveryMinutes });

export const keyPointDefaults: Record<KeyPointKind, KeyPointDefaults> = {
  underpass: defaults(40, [22, 6], [480, 180]),
  bridge: defaults(50, [20, 6], [480, 180]),
  station: defaults(80, [22, 6], [240, 120]),
  cash_machine: defaults(20, [21, 7], [480, 180]),
  park: defaults(120, [20, 6], [480, 240]),
  heating_vent: defaults(25, [19, 7], [240, 120]),
  hospital: defaults(60, [22, 6], [480, 240]),
  other: defaults(30, [20, 6], [480, 240]),
};
