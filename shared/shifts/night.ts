/** The night a city counts by: from one local hour to another, usually over midnight. */

const minuteMs = 60_000;
const dayMinutes = 24 * 60;

const localMinutes = (at: number, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return read('hour') * 60 + read('minute');
};

export interface NightHours {
  from: number;
  to: number;
}

/**
 * The night that is on, else the last one: its beginning and end in ms since 1970. Equal hours are a whole day.
 * A night in which the clocks change is an hour off at its beginning.
 */
export function nightOf(
  now: number,
  timeZone: string,
  hours: NightHours,
): { from: number; to: number } {
  const since = (localMinutes(now, timeZone) - hours.from * 60 + dayMinutes) % dayMinutes;
  const from = Math.floor(now / minuteMs) * minuteMs - since * minuteMs;
  const length = ((hours.to - hours.from + 24) % 24 || 24) * 60;
  return { from, to: from + length * minuteMs };
}
