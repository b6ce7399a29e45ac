/** The calendar day of a time as people and machines write it in tables. */
import { dayOf } from './calendar.ts';

/** Which number comes first where a date ends in its year; null = the column doesn't show it. */
export type DayMonthOrder = 'month first' | 'day first';

const earliestYear = 1970;
const latestYear = 2100;

const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:$|[T\s])/;
const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:$|[T\s,])/;
const packed = /^(\d{4})(\d{2})(\d{2})(?:$|T)/;
const epoch = /^\d{9,10}(?:\.\d+)?$|^\d{12,13}$/;

/**
 * The day as it is written there, in whatever time zone that is; seconds or milliseconds since 1970 in UTC.
 * Null where it is no date of the years 1970 to 2100.
 */
export function writtenDay(text: string, order: DayMonthOrder = 'month first'): number | null {
  const trimmed = text.trim();
  const plain = yearFirst.exec(trimmed) ?? packed.exec(trimmed);
  if (plain) return checked(Number(plain[1]), Number(plain[2]), Number(plain[3]));
  const turned = yearLast.exec(trimmed);
  if (turned) {
    const [first, second, year] = [Number(turned[1]), Number(turned[2]), Number(turned[3])];
    return order === 'month first' ? checked(year, first, second) : checked(year, second, first);
  }
  if (!epoch.test(trimmed)) return null;
  const number = Number(trimmed);
  const date = new Date(trimmed.length >= 12 && !trimmed.includes('.') ? number : number * 1000);
  return checked(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
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
    const turned = yearLast.exec(text.trim());
    if (!turned) continue;
    if (Number(turned[1]) > 12) dayFirst++;
    if (Number(turned[2]) > 12) monthFirst++;
  }
  return dayFirst > monthFirst ? 'day first' : 'month first';
}
