/** A city's name, slug and clock when they weren't given. */
import type { Bounds } from '../../shared/basemap/schema.ts';
import { citySlugSchema } from '../../shared/wire.ts';
import { CityImportError } from './errors.ts';

const HAN = /\p{Script=Han}/u;

export interface CityNaming {
  slug: string;
  name: { zh: string; en: string };
}

/** @param fallback what to call it when no name was given, such as a file's name */
export function cityNaming(
  given: { name?: string | undefined; nameEn?: string | undefined; slug?: string | undefined },
  fallback: string,
): CityNaming {
  const name = given.name?.trim() || fallback;
  const en = given.nameEn?.trim() || name;
  const slug = given.slug ?? slugOf(HAN.test(en) ? fallback : en);
  const checked = citySlugSchema.safeParse(slug);
  if (!checked.success) {
    throw new CityImportError(
      'usage',
      `${slug === '' ? 'The name has no Latin letters' : `"${slug}" can't be the city's short name`}. Give one with --slug: 2–40 lower-case letters, digits and hyphens.`,
    );
  }
  return { slug: checked.data, name: { zh: name, en } };
}

function slugOf(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40)
    .replaceAll(/-+$/g, '');
}

export function checkTimezone(timezone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: timezone }).resolvedOptions().timeZone;
  } catch {
    throw new CityImportError(
      'usage',
      `"${timezone}" is not a time zone. Example: Asia/Shanghai, Europe/Helsinki.`,
    );
  }
}

/** Rough, for extracts that come without one: China keeps one clock, elsewhere the sun decides. */
export function guessTimezone([west, south, east, north]: Bounds): string {
  const lon = (west + east) / 2;
  const lat = (south + north) / 2;
  if (isChina(lon, lat)) return 'Asia/Shanghai';
  const hours = Math.round(lon / 15);
  if (hours === 0) return 'Etc/GMT';
  // These names count the other way: Etc/GMT-8 is eight hours ahead.
  return hours > 0 ? `Etc/GMT-${hours}` : `Etc/GMT+${-hours}`;
}

function isChina(lon: number, lat: number): boolean {
  if (lon < 73.5 || lon > 135.1 || lat < 18 || lat > 53.6) return false;
  const south = lon < 97.5 ? 27.5 : lon < 106 ? 21 : 18;
  const north = lon < 87 ? 49.2 : lon < 97 ? 45 : lon < 112 ? 42.7 : lon < 118 ? 46.5 : 53.6;
  const koreaOrJapan =
    (lon > 124.5 && lat < 39.8) || (lon > 128.5 && lat < 42.4) || (lon > 131.5 && lat < 45);
  return lat >= south && lat <= north && !koreaOrJapan;
}
