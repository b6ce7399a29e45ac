/** Weather typed in by the part: so many hours alike, sent hour by hour. Pure. */
import type { Falling, HandHour } from '../../shared/weather/schema.ts';

export interface HourPart {
  /** starts of hours, ISO; until: not within any more */
  fromAt: string;
  untilAt: string;
  temperature: number | string;
  wind: number | string;
  mm: number | string;
  /** '' = not known */
  falling: Falling | '';
}

const hourMs = 3_600_000;
export const mostHours = 72;

export const hourChoices = (now: number): string[] =>
  Array.from({ length: mostHours + 1 }, (_, index) =>
    new Date(Math.floor(now / hourMs) * hourMs + index * hourMs).toISOString(),
  );

/** The next part begins where the last one ends. */
export function partAfter(last: HourPart | undefined, now: number): HourPart {
  const choices = hourChoices(now);
  const fromAt = last?.untilAt ?? choices[0]!;
  const end = Math.min(Date.parse(fromAt) + 6 * hourMs, Date.parse(choices.at(-1)!));
  return {
    temperature: '',
    wind: '',
    mm: '',
    falling: last?.falling ?? '',
    fromAt,
    untilAt: new Date(end).toISOString(),
  };
}

/** false: parts overlap, or one of them holds no hour */
export function partsFit(parts: readonly HourPart[]): boolean {
  const sorted = parts.toSorted((a, b) => (a.fromAt < b.fromAt ? -1 : 1));
  return sorted.every(
    ({ fromAt, untilAt }, index) =>
      fromAt < untilAt && (index === 0 || sorted[index - 1]!.untilAt <= fromAt),
  );
}

const numberOr = (value: number | string): number | null => (value === '' ? null : Number(value));

/** Hour by hour; what isn't filled in stays null and is refused where it is needed. */
export function hoursOfParts(parts: readonly HourPart[]): (Omit<
  HandHour,
  'temperatureCelsius' | 'windKmh'
> & {
  temperatureCelsius: number | null;
  windKmh: number | null;
})[] {
  return parts.flatMap(({ fromAt, untilAt, temperature, wind, mm, falling }) =>
    Array.from(
      { length: Math.max(0, (Date.parse(untilAt) - Date.parse(fromAt)) / hourMs) },
      (_, index) => ({
        at: new Date(Date.parse(fromAt) + index * hourMs).toISOString(),
        temperatureCelsius: numberOr(temperature),
        windKmh: numberOr(wind),
        precipitationMm: falling === 'none' ? 0 : numberOr(mm),
        falling: falling === '' ? null : falling,
      }),
    ),
  );
}
