/** Times as the Common Alerting Protocol writes them, and how long an alert holds. */
const secondMs = 1_000;
const hourMs = 3_600_000;

const offsets = new Map<string, Intl.DateTimeFormat>();
function offsetOf(ms: number, timeZone: string): string {
  let format = offsets.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
    offsets.set(timeZone, format);
  }
  const named = format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')!.value;
  const offset = /([+-])(\d\d):(\d\d)/.exec(named)?.[0];
  // CAP 1.2, 3.3.2: a zone that isn't ahead of UTC nor behind is written so, and never as Z.
  return offset === undefined || offset === '+00:00' ? '-00:00' : offset;
}

/** To the second, with the city's own offset: `2026-01-05T20:00:00+08:00`. */
export function capTime(at: string, timeZone: string): string {
  const ms = Math.floor(Date.parse(at) / secondMs) * secondMs;
  const offset = offsetOf(ms, timeZone);
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(4))];
  const ahead = (offset.startsWith('-') ? -1 : 1) * (hours * hourMs + (minutes * hourMs) / 60);
  return `${new Date(ms + ahead).toISOString().slice(0, 19)}${offset}`;
}

/** An alert holds for at least so long, and is renewed so long before it expires *(ours)*. */
const holdsAtLeastMs = hourMs;
const onceMoreMs = 3 * hourMs;
export const renewAheadMinutes = 15;

/**
 * When an alert of now expires: when the night is meant to be over, else at the end of the night's hours, never before
 * it begins; where that is close or past and the night is still in force, some hours on.
 * @param toHour local hour at which nights end
 */
export function expiresAt(
  { now, onsetAt = now, untilAt }: { now: string; onsetAt?: string; untilAt: string | null },
  { toHour, timeZone }: { toHour: number; timeZone: string },
): string {
  const begins = Math.max(Date.parse(now), Date.parse(onsetAt));
  const least = begins + holdsAtLeastMs;
  const planned = untilAt === null ? nextLocalHour(least, toHour, timeZone) : Date.parse(untilAt);
  const expires = planned >= least ? planned : begins + onceMoreMs;
  return new Date(Math.ceil(expires / secondMs) * secondMs).toISOString();
}

/** The first full hour from then on that is this one on the clock of the city. */
function nextLocalHour(from: number, hour: number, timeZone: string): number {
  const clock = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' });
  const quarter = hourMs / 4;
  // By quarters: there are zones half an hour beside the others.
  let at = Math.ceil(from / quarter) * quarter;
  const hourAt = (ms: number) => Number(clock.format(ms));
  for (let tries = 0; tries < 100 * 4; tries++, at += quarter)
    if (hourAt(at) === hour && hourAt(at - quarter) !== hour) return at;
  return from;
}
