/** The outline of the city: the administrative boundary of that name if the extract holds all of it, else its box. */
import type { Bounds, CityBoundary } from '../../shared/basemap/schema.ts';
import type { Extract, ExtractRelation } from './extract.ts';
import { boxOf, latOf, lonOf } from './geometry.ts';
import type { Path } from './geometry.ts';
import { pathsOf } from './features.ts';
import { assemblePolygons } from './polygons.ts';
import { isClosed, joinChains } from './rings.ts';

const MAX_POINTS = 3000;

export function cityBoundary(extract: Extract, name: { zh: string; en: string }): CityBoundary {
  const wanted = new Set([name.zh, name.en].map((text) => text.toLowerCase()));
  for (const relation of extract.relations) {
    if (relation.tags.boundary !== 'administrative') continue;
    const { tags } = relation;
    const names = [tags.name, tags['name:zh'], tags['name:en']].filter(
      (text) => text !== undefined,
    );
    if (!names.some((text) => wanted.has(text.toLowerCase()))) continue;
    const outline = outlineOf(extract, relation);
    if (outline) return outline;
  }
  return boxBoundary(extract.bounds);
}

export function boxBoundary([west, south, east, north]: Bounds): CityBoundary {
  return {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  };
}

function outlineOf(extract: Extract, relation: ExtractRelation): CityBoundary | null {
  const ways = new Map(extract.ways.map((way) => [way.id, way]));
  const chains = (inner: boolean): Path[] | null => {
    const members = relation.members.filter(
      ({ type, role }) => type === 'way' && (role === 'inner') === inner,
    );
    const pieces = members.map(({ ref }) => ways.get(ref)?.refs ?? []);
    if (pieces.some((piece) => piece.length === 0)) return null;
    const joined = joinChains(pieces);
    if (!joined.every(isClosed)) return null;
    const rings = joined.map((chain) => pathsOf(extract, chain));
    return rings.every((ring) => ring.length === 1) ? rings.flat() : null;
  };
  const outers = chains(false);
  const inners = chains(true);
  if (!outers || !inners || outers.length === 0) return null;
  if (!meetsCity(outers, extract.bounds)) return null;
  const points = outers.concat(inners).reduce((sum, ring) => sum + ring.length / 2, 0);
  const every = Math.ceil(points / MAX_POINTS);
  const polygons = assemblePolygons(outers, inners).map((rings) =>
    rings.map((ring) => toPositions(ring, every)),
  );
  const [first] = polygons;
  if (!first) return null;
  return polygons.length === 1
    ? { type: 'Polygon', coordinates: first }
    : { type: 'MultiPolygon', coordinates: polygons };
}

/** A boundary far larger than the extract (a whole country around a town) says nothing about the city. */
function meetsCity(outers: Path[], [west, south, east, north]: Bounds): boolean {
  const [minX, minY, maxX, maxY] = boxOf(outers);
  return (
    lonOf(maxX) - lonOf(minX) <= 3 * (east - west) &&
    latOf(minY) - latOf(maxY) <= 3 * (north - south)
  );
}

function toPositions(ring: Path, every: number): [number, number][] {
  const positions: [number, number][] = [];
  const thin = ring.length / 2 > 8 ? every : 1;
  for (let i = 0; i + 2 < ring.length; i += 2 * thin) {
    const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
    positions.push([round(lonOf(ring[i] ?? 0.5)), round(latOf(ring[i + 1] ?? 0.5))]);
  }
  const [first] = positions;
  if (first) positions.push([first[0], first[1]]);
  return positions;
}
