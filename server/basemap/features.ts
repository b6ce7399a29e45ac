/** From an extract to the features of the base map: lines joined, areas closed, labels placed. */
import {
  boundaryZoom,
  classifyArea,
  classifyLine,
  classifyPoint,
  classifyWaterName,
} from './classify.ts';
import type { Drawn, TileProperties } from './classify.ts';
import { seaAreas } from './coastline.ts';
import type { Extract, ExtractRelation, ExtractWay } from './extract.ts';
import {
  areaSquareMeters,
  boxOf,
  mercatorX,
  mercatorY,
  pointInside,
  projectBounds,
} from './geometry.ts';
import type { Box, Path } from './geometry.ts';
import { isClosed, joinChains } from './rings.ts';
import type { Chain } from './rings.ts';
import { assemblePolygons } from './polygons.ts';
import type { TileLayer } from '../../shared/basemap/schema.ts';

export interface Feature {
  layer: TileLayer;
  minZoom: number;
  properties: TileProperties;
  kind: 'point' | 'line' | 'polygon';
  /** A point, lines, or one polygon's rings (outer first), in the unit square. */
  paths: Path[];
  box: Box;
}

export function buildFeatures(extract: Extract): Feature[] {
  const features: Feature[] = [];
  const ways = new Map(extract.ways.map((way) => [way.id, way]));
  const inRelation = new Set<number>();
  for (const relation of extract.relations)
    addRelation(relation, ways, extract, features, inRelation);
  const lines = new LineJoiner();
  for (const way of extract.ways) addWay(way, extract, features, lines, inRelation);
  for (const { drawn, chains } of lines.joined()) {
    for (const chain of chains) addLines(features, drawn, pathsOf(extract, chain));
  }
  for (const point of extract.points) {
    const drawn = classifyPoint(point.tags);
    if (drawn) addPoint(features, drawn, mercatorX(point.lon), mercatorY(point.lat));
  }
  features.push(...oceanFeatures(extract));
  return features;
}

export function oceanFeatures(extract: Extract): Feature[] {
  const coasts = extract.ways
    .filter((way) => way.tags?.natural === 'coastline')
    .map((way) => way.refs);
  if (coasts.length === 0) return [];
  const chains = joinChains(coasts, { keepDirection: true });
  const paths = chains.flatMap((chain) => pathsOf(extract, chain));
  return seaAreas(paths, projectBounds(extract.bounds)).map((rings) => ({
    layer: 'ocean',
    minZoom: 6,
    properties: {},
    kind: 'polygon',
    paths: rings,
    box: boxOf(rings),
  }));
}

/** The stretches of a line whose points are known. */
export function pathsOf(extract: Extract, refs: ArrayLike<number>): Path[] {
  const paths: Path[] = [];
  let current: number[] = [];
  const close = (): void => {
    if (current.length >= 4) paths.push(current);
    current = [];
  };
  for (let i = 0; i < refs.length; i++) {
    const node = extract.nodes.find(refs[i] ?? -1);
    if (node < 0) close();
    else current.push(mercatorX(extract.nodes.lon(node)), mercatorY(extract.nodes.lat(node)));
  }
  close();
  return paths;
}

/** A ring from the points that are known; null when too few are. */
function ringOf(extract: Extract, refs: ArrayLike<number>): Path | null {
  const ring: number[] = [];
  for (let i = 0; i < refs.length; i++) {
    const node = extract.nodes.find(refs[i] ?? -1);
    if (node >= 0)
      ring.push(mercatorX(extract.nodes.lon(node)), mercatorY(extract.nodes.lat(node)));
  }
  if (ring.length < 6) return null;
  const [x = 0, y = 0] = ring;
  if (ring.at(-2) !== x || ring.at(-1) !== y) ring.push(x, y);
  return ring.length >= 8 ? ring : null;
}

class LineJoiner {
  private readonly groups = new Map<string, { drawn: Drawn; chains: Chain[] }>();

  add(drawn: Drawn, chain: Chain): void {
    const key = JSON.stringify(drawn);
    const group = this.groups.get(key);
    if (group) group.chains.push(chain);
    else this.groups.set(key, { drawn, chains: [chain] });
  }

  *joined(): Generator<{ drawn: Drawn; chains: Chain[] }> {
    for (const { drawn, chains } of this.groups.values()) {
      yield { drawn, chains: joinChains(chains, { onlyWhereTwoMeet: true }) };
    }
  }
}

function addWay(
  way: ExtractWay,
  extract: Extract,
  features: Feature[],
  lines: LineJoiner,
  inRelation: Set<number>,
): void {
  const tags = way.tags;
  if (!tags) return;
  const line = classifyLine(tags);
  if (line) lines.add(line, way.refs);
  if (tags.boundary === 'administrative' && !inRelation.has(way.id)) {
    const level = Number(tags.admin_level);
    const minZoom = boundaryZoom(level);
    if (minZoom !== null)
      lines.add({ layer: 'boundary', minZoom, properties: { admin_level: level } }, way.refs);
  }
  if (line || !isClosed(way.refs)) return;
  const ring = ringOf(extract, way.refs);
  if (ring) addArea(features, tags, [[ring]]);
}

function addArea(features: Feature[], tags: Record<string, string>, polygons: Path[][]): void {
  const sizes = polygons.map((rings) => (rings[0] ? areaSquareMeters(rings[0]) : 0));
  const largest = sizes.indexOf(Math.max(...sizes));
  const drawn = classifyArea(tags, sizes[largest] ?? 0);
  if (drawn) {
    for (const paths of polygons)
      features.push({ ...drawn, kind: 'polygon', paths, box: boxOf(paths) });
  }
  const ring = polygons[largest]?.[0];
  if (!ring) return;
  for (const label of [classifyPoint(tags), classifyWaterName(tags, sizes[largest] ?? 0)]) {
    if (label) addPoint(features, label, ...pointInside(ring));
  }
}

function addPoint(features: Feature[], drawn: Drawn, x: number, y: number): void {
  features.push({ ...drawn, kind: 'point', paths: [[x, y]], box: [x, y, x, y] });
}

function addLines(features: Feature[], drawn: Drawn, paths: Path[]): void {
  for (const path of paths)
    features.push({ ...drawn, kind: 'line', paths: [path], box: boxOf([path]) });
}

function addRelation(
  relation: ExtractRelation,
  ways: Map<number, ExtractWay>,
  extract: Extract,
  features: Feature[],
  inRelation: Set<number>,
): void {
  const members = relation.members.filter(
    (member) => member.type === 'way' && ways.has(member.ref),
  );
  if (relation.tags.boundary === 'administrative') {
    const level = Number(relation.tags.admin_level);
    const minZoom = boundaryZoom(level);
    if (minZoom === null) return;
    for (const { ref } of members) {
      // Where two boundaries share a way, the relation that comes first draws it.
      if (inRelation.has(ref)) continue;
      inRelation.add(ref);
      const drawn: Drawn = { layer: 'boundary', minZoom, properties: { admin_level: level } };
      addLines(features, drawn, pathsOf(extract, ways.get(ref)?.refs ?? []));
    }
    return;
  }
  const tags = areaTags(
    relation,
    members.map(({ ref }) => ways.get(ref)),
  );
  if (!classifyArea(tags, 1) && !classifyPoint(tags)) return;
  const chainsOf = (inner: boolean): Path[] =>
    joinChains(
      members
        .filter(({ role }) => (role === 'inner') === inner)
        .map(({ ref }) => ways.get(ref)?.refs ?? []),
    )
      .filter(isClosed)
      .map((chain) => ringOf(extract, chain))
      .filter((ring) => ring !== null);
  const polygons = assemblePolygons(chainsOf(false), chainsOf(true));
  if (polygons.length > 0) addArea(features, tags, polygons);
}

/** Old-style multipolygons carry their tags on the outer way. */
function areaTags(
  relation: ExtractRelation,
  members: (ExtractWay | undefined)[],
): Record<string, string> {
  if (classifyArea(relation.tags, 1) || relation.tags.type !== 'multipolygon') return relation.tags;
  const hasOwn = Object.keys(relation.tags).some((key) => key !== 'type' && key !== 'source');
  if (hasOwn) return relation.tags;
  return members.find((way) => way?.tags && !way.tags.highway)?.tags ?? relation.tags;
}
