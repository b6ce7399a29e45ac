/** A city for records that have none yet: a box around them, without a map. A running server picks its folder up. */
import type { Bounds, CityFile } from '../../shared/basemap/schema.ts';
import { boxBoundary } from '../basemap/boundary.ts';
import { replaceCityFolder } from '../basemap/city-folder.ts';
import { checkTimezone, cityNaming, guessTimezone } from '../basemap/names.ts';

export interface CityOfRecords {
  dataDir: string;
  slug: string;
  name: string | undefined;
  timeZone: string | undefined;
  bounds: Bounds;
  /** the file's name, for people */
  source: string;
  records: number;
}

/** @throws CityImportError for a name or a clock that can't be used */
export function makeCityOfRecords(city: CityOfRecords): Promise<CityFile> {
  const { dataDir, bounds, slug } = city;
  const naming = cityNaming({ name: city.name, nameEn: city.name, slug }, slug);
  const timezone =
    city.timeZone === undefined ? guessTimezone(bounds) : checkTimezone(city.timeZone);
  const [west, south, east, north] = bounds;
  return replaceCityFolder(dataDir, naming.slug, async () => ({
    version: 1,
    ...naming,
    bounds,
    boundary: boxBoundary(bounds),
    center: { lon: (west + east) / 2, lat: (south + north) / 2 },
    timezone,
    createdAt: new Date().toISOString(),
    source: city.source,
    attribution: '',
    fictional: false,
    // Replayed records are not tonight's: whoever opens the city may look at it as any role.
    demo: true,
    basemap: { kind: 'none' },
    counts: { records: city.records },
  }));
}
