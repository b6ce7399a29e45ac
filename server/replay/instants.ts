/** Times as records have them. Without a zone they are read as UTC: only the time between records counts. */
const isoLike =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;
const american =
  /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AP]M)?)?$/i;
const epoch = /^\d{10}(?:\d{3})?$/;

/** Milliseconds since 1970, or null when it isn't a time that exists (the 30th of February doesn't). */
export function parseInstant(text: string): number | null {
  const trimmed = text.trim();
  if (epoch.test(trimmed)) return Number(trimmed) * (trimmed.length === 10 ? 1000 : 1);
  const iso = isoLike.exec(trimmed);
  if (iso) {
    const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', zone] = iso;
    const at = instantOf([+year!, +month!, +day!, +hour, +minute, +second]);
    return at === null ? null : at + Math.floor(Number(`0.${fraction}`) * 1000) - zoneMs(zone);
  }
  const us = american.exec(trimmed);
  if (!us) return null;
  const [, month, day, year, hour = '0', minute = '0', second = '0', half] = us;
  const hours = half ? (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0) : Number(hour);
  return instantOf([+year!, +month!, +day!, hours, +minute, +second]);
}

type Fields = [
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
];
function instantOf([year, month, day, hour, minute, second]: Fields): number | null {
  if (year < 1970 || year > 2100 || hour > 24) return null;
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(at);
  const exists =
    date.getUTCMonth() === month - 1 &&
    (date.getUTCDate() === day || hour === 24) &&
    minute < 60 &&
    second < 61;
  return exists ? at : null;
}

function zoneMs(zone: string | undefined): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '');
  if (!match) return 0;
  const [, sign, hours, minutes] = match;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
