/** Months as one number (year x 12 + month from 0) and days as one number (since 1970-01-01). */
const dayMs = 86_400_000;

export const dayOf = (year: number, month: number, day: number): number =>
  Date.UTC(year, month - 1, day) / dayMs;
export const firstDayOf = (month: number): number =>
  dayOf(Math.floor(month / 12), (month % 12) + 1, 1);
export function monthOf(day: number): number {
  const date = new Date(day * dayMs);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
export const monthName = (month: number): string =>
  new Date(firstDayOf(month) * dayMs).toISOString().slice(0, 7);
