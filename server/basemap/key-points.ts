/** Candidate key points by tag: the places a patrol looks at first on a cold night. */
import { isBridge, isTunnel, nameProperties } from './classify.ts';
import type { Extract, ExtractWay } from './extract.ts';
import { ROADS } from './feature-tables.ts';
import {
  EARTH_CIRCUMFERENCE_METERS,
  latOf,
  lonOf,
  mercatorX,
  mercatorY,
  pointInside,
} from './geometry.ts';
import type { Tags } from './osm-blocks.ts';
import { pathsOf } from './features.ts';
import { isClosed } from './rings.ts';
import type {
  Bounds,
  KeyPointFeature,
  KeyPointKind,
  KeyPointsFile,
} from '../../shared/basemap/schema.ts';

interface Candidate {
  kind: KeyPointKind;
  osmId: string;
  lon: number;
  lat: number;
  names: { zh: string; en: string };
}

/** Pieces of one structure (carriageways, spans) nearer than this are one place. */
const SAME_PLACE_METERS: Record<KeyPointKind, number> = {
  bridge: 120,
  underpass: 90,
  station: 150,
  cash_machine: 15,
  park: 40,
  hospital: 120,
};
/** Shorter bridges are culverts and garden steps: nobody sleeps under them. */
const SHORTEST_BRIDGE_METERS = 12;

const SHORTEST_UNDERPASS_METERS = 10;
/** Two underpasses this near are one, whatever each is called. */
const SAME_UNDERPASS_METERS = 45;

export function findKeyPoints(extract: Extract): KeyPointsFile {
  const candidates: Candidate[] = [];
  for (const point of extract.points) {
    const kind = placeKind(point.tags);
    if (kind)
      candidates.push({
        kind,
        osmId: `n${point.id}`,
        lon: point.lon,
        lat: point.lat,
        names: namesOf(point.tags),
      });
  }
  for (const way of extract.ways) {
    const candidate = way.tags && fromWay(extract, way, way.tags);
    if (candidate) candidates.push(candidate);
  }
  const ways = new Map(extract.ways.map((way) => [way.id, way]));
  for (const relation of extract.relations) {
    const kind = placeKind(relation.tags);
    const outer = relation.members.find(
      (member) => member.type === 'way' && member.role !== 'inner',
    );
    const way = outer && ways.get(outer.ref);
    const position = kind && way && middle(extract, way);
    if (kind && position)
      candidates.push({
        kind,
        osmId: `r${relation.id}`,
        ...position,
        names: namesOf(relation.tags),
      });
  }
  const inside = candidates.filter((candidate) => within(extract.bounds, candidate));
  return {
    type: 'FeatureCollection',
    features: merge(inside, (extract.bounds[1] + extract.bounds[3]) / 2).map(toFeature),
  };
}

function placeKind(tags: Tags): KeyPointKind | null {
  if (tags.amenity === 'hospital') return 'hospital';
  if (tags.amenity === 'atm' || (tags.amenity === 'bank' && tags.atm === 'yes'))
    return 'cash_machine';
  if (tags.leisure === 'park') return 'park';
  if (tags.amenity === 'bus_station') return 'station';
  if (tags.railway === 'station' || tags.railway === 'halt') return 'station';
  return null;
}

function fromWay(extract: Extract, way: ExtractWay, tags: Tags): Candidate | null {
  const road = ROADS[tags.highway ?? ''];
  const rail = tags.railway === 'rail' || tags.railway === 'light_rail';
  let kind = placeKind(tags);
  if (!kind && (road || rail) && isBridge(tags)) kind = 'bridge';
  else if (!kind && road && isUnderpass(tags)) kind = 'underpass';
  if (!kind) return null;
  if (kind === 'bridge' && lengthMeters(extract, way) < SHORTEST_BRIDGE_METERS) return null;
  if (kind === 'underpass' && lengthMeters(extract, way) < SHORTEST_UNDERPASS_METERS) return null;
  const position = middle(extract, way);
  return position && { kind, osmId: `w${way.id}`, ...position, names: namesOf(tags, kind) };
}

/** Passages through houses, corridors indoors and ramps of car parks are no underpasses. */
function isUnderpass(tags: Tags): boolean {
  if (!isTunnel(tags) || tags.tunnel === 'building_passage') return false;
  return tags.indoor === undefined && tags.highway !== 'service' && tags.highway !== 'corridor';
}

function namesOf(tags: Tags, kind?: KeyPointKind): { zh: string; en: string } {
  const structure = kind === 'bridge' ? 'bridge' : kind === 'underpass' ? 'tunnel' : null;
  if (structure && tags[`${structure}:name`]) {
    const name = tags[`${structure}:name`] ?? '';
    return { zh: tags[`${structure}:name:zh`] ?? name, en: tags[`${structure}:name:en`] ?? name };
  }
  const names = nameProperties(tags);
  const operator = tags.operator ?? tags.brand ?? '';
  const name = String(names.name ?? operator);
  const zh = String(
    names.name_zh ?? (names.name ? name : (tags['operator:zh'] ?? tags['brand:zh'] ?? name)),
  );
  const en = String(
    names.name_en ?? (names.name ? name : (tags['operator:en'] ?? tags['brand:en'] ?? name)),
  );
  if (!structure || !name) return { zh, en };
  return structure === 'bridge'
    ? { zh: bridgeName(zh, '桥'), en: bridgeName(en, ' (bridge)') }
    : { zh: bridgeName(zh, '地道'), en: bridgeName(en, ' (underpass)') };
}

/** An unnamed bridge is called by the street on it; one whose way has its own name keeps that. */
function bridgeName(street: string, suffix: string): string {
  return /桥|地道|隧道|通道|bridge|tunnel|underpass|passage|silta|pont\b/i.test(street)
    ? street
    : `${street}${suffix}`;
}

function middle(extract: Extract, way: ExtractWay): { lon: number; lat: number } | null {
  const [path] = pathsOf(extract, way.refs);
  if (!path) return null;
  if (isClosed(way.refs)) {
    const [x, y] = pointInside(path);
    return { lon: lonOf(x), lat: latOf(y) };
  }
  // Halfway along, not the middle point of the list.
  let total = 0;
  for (let i = 2; i < path.length; i += 2) total += step(path, i);
  let left = total / 2;
  for (let i = 2; i < path.length; i += 2) {
    const length = step(path, i);
    if (left <= length && length > 0) {
      const t = left / length;
      const x = (path[i - 2] ?? 0) * (1 - t) + (path[i] ?? 0) * t;
      const y = (path[i - 1] ?? 0) * (1 - t) + (path[i + 1] ?? 0) * t;
      return { lon: lonOf(x), lat: latOf(y) };
    }
    left -= length;
  }
  return { lon: lonOf(path[0] ?? 0.5), lat: latOf(path[1] ?? 0.5) };
}

function step(path: readonly number[], i: number): number {
  return Math.hypot((path[i] ?? 0) - (path[i - 2] ?? 0), (path[i + 1] ?? 0) - (path[i - 1] ?? 0));
}

function lengthMeters(extract: Extract, way: ExtractWay): number {
  let sum = 0;
  for (const path of pathsOf(extract, way.refs)) {
    const metersPerUnit =
      EARTH_CIRCUMFERENCE_METERS * Math.cos((latOf(path[1] ?? 0.5) * Math.PI) / 180);
    for (let i = 2; i < path.length; i += 2) sum += step(path, i) * metersPerUnit;
  }
  return sum;
}

function within([west, south, east, north]: Bounds, { lon, lat }: Candidate): boolean {
  return lon >= west && lon <= east && lat >= south && lat <= north;
}

/** Keeps one of several nearby candidates of a kind; a named one gives its name to the place. */
function merge(candidates: Candidate[], middleLat: number): Candidate[] {
  const metersPerUnit = EARTH_CIRCUMFERENCE_METERS * Math.cos((middleLat * Math.PI) / 180);
  const kept: Candidate[] = [];
  const grid = new Map<string, Candidate[]>();
  const ordered = candidates.toSorted(
    (a, b) => Number(b.names.zh !== '') - Number(a.names.zh !== ''),
  );
  for (const candidate of ordered) {
    const reach = SAME_PLACE_METERS[candidate.kind];
    const cell = reach / metersPerUnit;
    const x = mercatorX(candidate.lon);
    const y = mercatorY(candidate.lat);
    const near = [-1, 0, 1].flatMap((dx) =>
      [-1, 0, 1].flatMap((dy) => grid.get(cellKey(candidate.kind, x, y, cell, dx, dy)) ?? []),
    );
    const twin = near.find((other) => {
      const distance =
        Math.hypot(mercatorX(other.lon) - x, mercatorY(other.lat) - y) * metersPerUnit;
      const sameName = candidate.names.zh === '' || candidate.names.zh === other.names.zh;
      const anyName =
        candidate.kind === 'bridge' ||
        (candidate.kind === 'underpass' && distance < SAME_UNDERPASS_METERS);
      return distance < reach && (sameName || anyName);
    });
    if (twin) continue;
    kept.push(candidate);
    const key = cellKey(candidate.kind, x, y, cell, 0, 0);
    const list = grid.get(key);
    if (list) list.push(candidate);
    else grid.set(key, [candidate]);
  }
  return kept;
}

function cellKey(kind: string, x: number, y: number, cell: number, dx: number, dy: number): string {
  return `${kind}/${Math.floor(x / cell) + dx}/${Math.floor(y / cell) + dy}`;
}

function toFeature({ kind, osmId, lon, lat, names }: Candidate): KeyPointFeature {
  const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
  return {
    type: 'Feature',
    id: osmId,
    geometry: { type: 'Point', coordinates: [round(lon), round(lat)] },
    properties: { kind, nameZh: names.zh, nameEn: names.en, osmId },
  };
}
