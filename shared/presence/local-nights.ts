/** Which local night and hour a moment belongs to. A night runs from noon to noon and bears the date of its evening. */
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Hours since the noon of 1970-01-01, local: whole nights of 24. */
export type LocalClock = (ms: number) => number;

/** Asks the time zone once per day, and per quarter of an hour on the days when the clock changes. */
export function localClock(timeZone: string): LocalClock {
  const two = '2-digit' as const;
  const fields = { year: 'numeric', month: two, day: two, hour: two, minute: two } as const;
  const format = new Intl.DateTimeFormat('en', { ...fields, hourCycle: 'h23', timeZone });
  const askedAt = (ms: number): number => {
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(ms)) part[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute) - ms;
  };
  /** NaN on the days when the clock changes */
  const ofDay = new Map<number, number>();
  const ofQuarter = new Map<number, number>();
  const offset = (ms: number): number => {
    const day = Math.floor(ms / dayMs);
    let shift = ofDay.get(day);
    if (shift === undefined) {
      shift = askedAt(day * dayMs);
      if (askedAt((day + 1) * dayMs) !== shift) shift = Number.NaN;
      ofDay.set(day, shift);
    }
    if (!Number.isNaN(shift)) return shift;
    const quarter = Math.floor(ms / (15 * minuteMs));
    let exact = ofQuarter.get(quarter);
    if (exact === undefined) ofQuarter.set(quarter, (exact = askedAt(quarter * 15 * minuteMs)));
    return exact;
  };
  return (ms) => Math.floor((ms + offset(ms)) / hourMs) - 12;
}

export const nightOf = (localHours: number): number => Math.floor(localHours / 24);
/** 0–23 */
export const hourOf = (localHours: number): number => (((localHours + 12) % 24) + 24) % 24;
/** YYYY-MM-DD of the evening */
export const nightDate = (night: number): string =>
  new Date(night * dayMs).toISOString().slice(0, 10);
/** 0 = Sunday; 1970-01-01 was a Thursday. */
export const weekdayOf = (night: number): number => (((night + 4) % 7) + 7) % 7;
