/** The settings of a city as they are typed: numbers may be half written, the cut may be off. */
import { citySettingsSchema } from '../../shared/cities/schema.ts';
import type { CityConfiguration } from '../../shared/cities/schema.ts';

type Typed = number | string;
const usual = citySettingsSchema.parse({});
const usualDiameter = usual.maxDiameterMeters ?? 250;
const usualCheckIn = usual.checkInMinutes ?? 60;

export const draftOf = (settings: CityConfiguration) => ({
  nameZh: settings.nameZh,
  nameEn: settings.nameEn,
  hotline: settings.hotline,
  epsMeters: settings.epsMeters as Typed,
  windowHours: settings.windowHours as Typed,
  minPoints: settings.minPoints as Typed,
  cut: settings.maxDiameterMeters !== null,
  maxDiameterMeters: (settings.maxDiameterMeters ?? usualDiameter) as Typed,
  priorityThresholds: settings.priorityThresholds as [Typed, Typed, Typed],
  recheckHours: settings.recheckHours as { normal: Typed },
  checkIn: settings.checkInMinutes !== null,
  checkInMinutes: (settings.checkInMinutes ?? usualCheckIn) as Typed,
  dwellSeconds: settings.dwellSeconds as Typed,
  winterFactor: settings.winterFactor as Typed,
  nightHours: settings.nightHours as { from: Typed; to: Typed },
});
export type SettingsDraft = ReturnType<typeof draftOf>;

export const inputOf = ({ cut, checkIn, ...draft }: SettingsDraft) => ({
  ...draft,
  checkInMinutes: checkIn ? draft.checkInMinutes : null,
  maxDiameterMeters: cut ? draft.maxDiameterMeters : null,
});

const groupingKeys = ['epsMeters', 'windowHours', 'minPoints', 'maxDiameterMeters'] as const;

/** Whether saving groups the whole city anew. */
export function regroups(before: CityConfiguration, draft: SettingsDraft): boolean {
  const next = inputOf(draft);
  return groupingKeys.some((key) => before[key] !== next[key]);
}

export const rises = ([two, three, four]: readonly Typed[]): boolean =>
  Number(two) < Number(three) && Number(three) < Number(four);
