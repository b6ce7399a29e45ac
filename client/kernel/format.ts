/** Numbers the way people say them, in both languages. Pure: the clock, the city's zone and the language come in. */
import type { Language } from '../../shared/accounts/schema.ts';

export interface FormatPlace {
  language: Language;
  timeZone: string;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** So close no clock time is taken for another day's. */
const near = 6 * hour;

/** "刚刚", "12 分钟前", "12 min ago", "3 h 20 min ago", "2 天前". Times in the future read as now. */
export function formatAgo(at: string, now: number, language: Language): string {
  const zh = language === 'zh-CN';
  const passed = now - Date.parse(at);
  if (passed < minute) return zh ? '刚刚' : 'just now';
  return zh ? `${formatDuration(passed, language)}前` : `${formatDuration(passed, language)} ago`;
}

/** A length of time in at most two units: "40 分钟", "3 h 20 min", "2 天". */
export function formatDuration(milliseconds: number, language: Language): string {
  const zh = language === 'zh-CN';
  const minutes = Math.max(0, Math.floor(milliseconds / minute));
  if (minutes === 0) return zh ? '不到 1 分钟' : 'under 1 min';
  if (minutes < 60) return zh ? `${minutes} 分钟` : `${minutes} min`;
  if (milliseconds < day) {
    const hours = Math.floor(minutes / 60);
    const rest = minutes % 60;
    if (zh) return rest === 0 ? `${hours} 小时` : `${hours} 小时 ${rest} 分`;
    return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
  }
  const days = Math.floor(milliseconds / day);
  if (zh) return `${days} 天`;
  return days === 1 ? '1 day' : `${days} days`;
}

function partsOf(at: number, timeZone: string): Record<string, string> {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]));
}

/** The night a moment belongs to: before noon it is still the night of the day before. */
function nightOf(at: number, timeZone: string): string {
  const parts = partsOf(at - 12 * hour, timeZone);
  return `${parts['year']}-${parts['month']}-${parts['day']}`;
}

/** City time in 24 h; with the date when it isn't tonight, nor a few hours away (a plan made at eleven goes past noon): "03:12", "1月4日 23:40", "4 Jan 23:40". */
export function formatTime(at: string, now: number, place: FormatPlace): string {
  const moment = Date.parse(at);
  const parts = partsOf(moment, place.timeZone);
  const clock = `${parts['hour']}:${parts['minute']}`;
  if (Math.abs(moment - now) < near) return clock;
  if (nightOf(moment, place.timeZone) === nightOf(now, place.timeZone)) return clock;
  return `${formatDate(at, place)} ${clock}`;
}

export function formatDate(at: string, place: FormatPlace): string {
  const parts = partsOf(Date.parse(at), place.timeZone);
  if (place.language === 'zh-CN') return `${Number(parts['month'])}月${Number(parts['day'])}日`;
  const name = new Intl.DateTimeFormat('en-GB', { timeZone: place.timeZone, month: 'short' });
  return `${Number(parts['day'])} ${name.format(Date.parse(at))}`;
}

/** Everything, to the minute, with its date: for "exact time on tap". */
export function formatExact(at: string, place: FormatPlace): string {
  const parts = partsOf(Date.parse(at), place.timeZone);
  return `${parts['year']}-${parts['month']}-${parts['day']} ${parts['hour']}:${parts['minute']}`;
}

/** "80 米", "1.2 公里"; "80 m", "1.2 km". */
export function formatDistance(meters: number, language: Language): string {
  const zh = language === 'zh-CN';
  if (meters < 1000) {
    const rounded = meters < 100 ? Math.round(meters) : Math.round(meters / 10) * 10;
    if (rounded < 1000) return zh ? `${rounded} 米` : `${rounded} m`;
  }
  const kilometers =
    meters < 10_000 ? (meters / 1000).toFixed(1) : String(Math.round(meters / 1000));
  return zh ? `${kilometers} 公里` : `${kilometers} km`;
}

/** "−21 °C" with a true minus sign, whole degrees. */
export function formatTemperature(celsius: number): string {
  const whole = Math.round(celsius);
  return `${whole < 0 ? '−' : ''}${Math.abs(whole)} °C`;
}

/** "1,204": grouped the same in both languages. */
export const formatCount = (count: number): string =>
  new Intl.NumberFormat('en', { maximumFractionDigits: 0 }).format(count);

/** A position to read out over the phone: five decimals is about a metre. */
export const formatPosition = (position: { lon: number; lat: number }): string =>
  `${Math.abs(position.lat).toFixed(5)}° ${position.lat < 0 ? 'S' : 'N'}, ${Math.abs(position.lon).toFixed(5)}° ${position.lon < 0 ? 'W' : 'E'}`;
