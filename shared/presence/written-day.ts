/** The calendar day of a time as people and machines write it in tables. */
import { dayOf } from './calendar.ts';

/** Which number comes first where a date ends in its year; null = the column doesn't show it. */
export type DayMonthOrder = 'month first' | 'day first';

const earliestYear = 1970;
const latestYear = 2100;

const yearFirst = /^(\d{4})(?:[-/.]|年)(\d{1,2})(?:(?:[-/.]|月)(\d{1,2})日?|月?$)(?:$|[T\s])/;
/** A year of two digits after slashes alone: 24-01-05 may begin with its year. */
const yearLast = /^(\d{1,2})(?:[-/.](\d{1,2})[-/.](\d{4})|\/(\d{1,2})\/(\d{2}))(?:$|[T\s,])/;
const packed = /^(\d{4})(\d{2})(\d{2})(?:$|T)/;
const dayOfWeek = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+/i;
const dayThenName = /^(\d{1,2})[-\s.]+([a-z]{3})[a-z]*[-\s.,]+(\d{4})\b/i;
const nameThenDay = /^([a-z]{3})[a-z]*[-\s.]+(\d{1,2})[-\s,]+(\d{4})\b/i;
const names = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const seconds = /^\d{9,10}(?:\.\d+)?$/;
const milliseconds = /^\d{12,13}(?:\.\d+)?$|^\d\.\d+e\+?12$/i;

/**
 * The day as it is written there, in whatever time zone that is, the first of a month without one; seconds or
 * milliseconds since 1970 in UTC. Null where it is no date of the years 1970 to 2100.
 */
export function writtenDay(text: string, order: DayMonthOrder = 'month first'): number | null {
  const trimmed = text.trim().replace(dayOfWeek, '');
  const plain = yearFirst.exec(trimmed) ?? packed.exec(trimmed);
  if (plain) return checked(Number(plain[1]), Number(plain[2]), Number(plain[3] ?? 1));
  const turned = turnedDate(trimmed);
  if (turned) {
    const { first, second, year } = turned;
    return order === 'month first' ? checked(year, first, second) : checked(year, second, first);
  }
  const [, day, ofDay, yearOfDay] = dayThenName.exec(trimmed) ?? [];
  const [, name = ofDay, dayOfName = day, year = yearOfDay] = nameThenDay.exec(trimmed) ?? [];
  if (name !== undefined)
    return checked(Number(year), names.indexOf(name.toLowerCase()) + 1, Number(dayOfName));
  const ms = milliseconds.test(trimmed) ? Number(trimmed) : Number(trimmed) * 1000;
  if (!milliseconds.test(trimmed) && !seconds.test(trimmed)) return null;
  const date = new Date(ms);
  return checked(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

/** A date that ends in its year. */
function turnedDate(text: string): { first: number; second: number; year: number } | null {
  const found = yearLast.exec(text);
  if (!found) return null;
  const [, first, second, year, secondOfShort, short] = found;
  const century = Number(short) < 70 ? 2000 : 1900;
  return {
    first: Number(first),
    second: Number(second ?? secondOfShort),
    year: year === undefined ? century + Number(short) : Number(year),
  };
}

function checked(year: number, month: number, day: number): number | null {
  if (year < earliestYear || year > latestYear || month < 1 || month > 12 || day < 1) return null;
  const daysOfMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return day > daysOfMonth ? null : dayOf(year, month, day);
}

/** Day first only where some date can't be read the other way and none speaks against it. */
export function dayMonthOrder(texts: Iterable<string>): DayMonthOrder {
  let [monthFirst, dayFirst] = [0, 0];
  for (const text of texts) {
    const turned = turnedDate(text.trim());
    if (!turned) continue;
    if (turned.first > 12) dayFirst++;
    if (turned.second > 12) monthFirst++;
  }
  return dayFirst > monthFirst ? 'day first' : 'month first';
}
