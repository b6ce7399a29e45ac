/**
 * What vehicle trackers and background apps say in the Traccar/OsmAnd protocol: fields in the address or in a form,
 * or the JSON of newer clients (`{ device_id, location: { timestamp, coords, battery } }`).
 */
import { maxBatchPoints } from '../../shared/tracks/limits.ts';
import type { TrackPoint } from '../../shared/tracks/schema.ts';

export interface TrackerReport {
  deviceKey: string;
  /** none in a report that only says the device is alive */
  points: TrackPoint[];
  batteryPercent: number | null;
}

/** The device said something that is no report; the message is for whoever sets it up. */
export class BadReport extends Error {}

const metersPerSecondPerKnot = 1852 / 3600;
/** Of devices that don't say how sure they are; what receivers reach under an open sky, with some room. */
const assumedAccuracyMeters = 15;
/** Metres per unit of the dilution of precision. */
const metersPerHdop = 5;
const longestKey = 60;

/** @throws BadReport naming the field that is missing or wrong */
export function readFields(fields: URLSearchParams, now: number): TrackerReport {
  const one = (...names: string[]): string | null => {
    const name = names.find((candidate) => (fields.get(candidate) ?? '') !== '');
    return name === undefined ? null : fields.get(name)!.trim();
  };
  const deviceKey = requireKey(one('id', 'deviceid', 'device_id'));
  const batteryPercent = batteryOf(numberIn('batt', one('batt'), 0, 100, true));
  const isValid = !['false', '0'].includes(one('valid') ?? 'true');
  const pair = one('location')?.split(',');
  const lat = numberIn('lat', pair?.[0] ?? one('lat'), -90, 90);
  const lon = numberIn('lon', pair?.[1] ?? one('lon'), -180, 180);
  // A device without a fix says 0, 0.
  if (lat === null && lon === null && batteryPercent !== null)
    return { deviceKey, points: [], batteryPercent };
  if (lat === null) throw new BadReport('lat is missing');
  if (lon === null) throw new BadReport('lon is missing');
  if (!isValid || (lat === 0 && lon === 0)) return { deviceKey, points: [], batteryPercent };
  const hdop = numberIn('hdop', one('hdop'), 0, 1000, true);
  const accuracy = numberIn('accuracy', one('accuracy'), 0, 1e9, true);
  const speed = numberIn('speed', one('speed'), -1e9, 1e9, true);
  const point = pointOf({
    at: momentOf(one('timestamp'), now),
    lon,
    lat,
    accuracyMeters: accuracy || (hdop === null ? null : hdop * metersPerHdop),
    metersPerSecond: speed === null ? null : speed * metersPerSecondPerKnot,
    headingDegrees: numberIn('bearing', one('bearing', 'heading'), -360, 360, true),
  });
  return { deviceKey, points: [point], batteryPercent };
}

/** @throws BadReport naming the field that is missing or wrong */
export function readJsonReport(body: unknown, now: number): TrackerReport {
  const { device_id: id, location } = record(body, 'the body');
  const deviceKey = requireKey(typeof id === 'number' ? String(id) : id);
  const locations = Array.isArray(location) ? location : location ? [location] : [];
  if (locations.length > maxBatchPoints) throw new BadReport('too many locations at once');
  let batteryPercent: number | null = null;
  const points = locations.map((item: unknown): TrackPoint => {
    const { coords, timestamp, battery } = record(item, 'location');
    const { latitude, longitude, accuracy, speed, heading } = record(coords, 'location.coords');
    const level =
      typeof battery === 'object' && battery ? (battery as { level?: unknown }).level : null;
    const share = numberIn('battery.level', level, -1, 1, true);
    if (share !== null && share >= 0) batteryPercent = batteryOf(share * 100);
    const lat = numberIn('location.coords.latitude', latitude, -90, 90);
    const lon = numberIn('location.coords.longitude', longitude, -180, 180);
    if (lat === null) throw new BadReport('location.coords.latitude is missing');
    if (lon === null) throw new BadReport('location.coords.longitude is missing');
    return pointOf({
      at: momentOf(timestamp, now),
      lon,
      lat,
      accuracyMeters: numberIn('accuracy', accuracy, -1e9, 1e9, true),
      // Unlike the fields of the address, these are metres per second; −1 = not known.
      metersPerSecond: numberIn('speed', speed, -1e9, 1e9, true),
      headingDegrees: numberIn('heading', heading, -360, 360, true),
    });
  });
  return { deviceKey, points, batteryPercent };
}

function record(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new BadReport(`${name} is missing or not an object`);
  return value as Record<string, unknown>;
}

function requireKey(value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new BadReport('id is missing');
  if (value.length > longestKey) throw new BadReport('id is too long');
  // No database holds it as text: it would be a failure of ours instead of a key nobody has.
  if (value.includes('\u0000')) throw new BadReport('id is not known here');
  return value;
}

/** Null when it isn't there, and for a field that isn't needed also when it is out of range. */
function numberIn(
  name: string,
  value: unknown,
  min: number,
  max: number,
  optional = false,
): number | null {
  if (value === null || value === undefined || value === '') return null;
  const number = typeof value === 'string' ? Number(value) : value;
  const isNumber = typeof number === 'number' && Number.isFinite(number);
  if (isNumber && number >= min && number <= max) return number;
  if (optional) return null;
  throw new BadReport(`${name} is not a number from ${min} to ${max}`);
}

/** In seconds or milliseconds since 1970, or ISO-8601; without an offset it is UTC. Not said: now. */
function momentOf(value: unknown, now: number): number {
  if (value === null || value === undefined || value === '') return now;
  if (typeof value !== 'string' && typeof value !== 'number') return checked(Number.NaN);
  const text = String(value);
  if (/^\d+(\.\d+)?$/.test(text)) {
    const number = Number(text);
    return checked(number < 1e11 ? number * 1000 : number);
  }
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:?\d\d)?$/.exec(text);
  return checked(match ? Date.parse(`${match[1]}T${match[2]}${match[3] ?? 'Z'}`) : Number.NaN);
}

function checked(ms: number): number {
  // Up to the year 3000; of what is farther from now than a few days the track keeps nothing anyway.
  if (!(ms >= 0 && ms < 32_503_680_000_000))
    throw new BadReport('timestamp is neither seconds, milliseconds nor ISO-8601');
  return Math.round(ms);
}

const batteryOf = (percent: number | null): number | null =>
  percent === null ? null : Math.min(100, Math.max(0, Math.round(percent)));

interface Reported {
  at: number;
  lon: number;
  lat: number;
  accuracyMeters: number | null;
  metersPerSecond: number | null;
  headingDegrees: number | null;
}
function pointOf(reported: Reported): TrackPoint {
  const { at, lon, lat, accuracyMeters, metersPerSecond, headingDegrees } = reported;
  const isSpeed = metersPerSecond !== null && metersPerSecond >= 0 && metersPerSecond <= 150;
  const isHeading = headingDegrees !== null && headingDegrees >= 0;
  return [
    at,
    lon,
    lat,
    accuracyMeters !== null && accuracyMeters > 0
      ? Math.min(5000, accuracyMeters)
      : assumedAccuracyMeters,
    isSpeed ? metersPerSecond : null,
    isHeading ? headingDegrees % 360 : null,
  ];
}
