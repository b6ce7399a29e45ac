/** The street graph that simulated teams drive on: junctions, the stretches between them, one-ways. */
import { ROAD_CLASSES } from '../../shared/basemap/schema.ts';
import type { StreetsFile } from '../../shared/basemap/schema.ts';
import { nameProperties } from './classify.ts';
import type { Extract, ExtractWay } from './extract.ts';
import { ROADS } from './feature-tables.ts';
import type { Tags } from './osm-blocks.ts';
import { largestStrongComponent } from './strong-component.ts';

/** Used where nothing is signed; km/h. */
const USUAL_SPEED = {
  motorway: 80,
  trunk: 70,
  primary: 50,
  secondary: 50,
  tertiary: 40,
  minor: 30,
  service: 15,
  path: 5,
} as const;

const CLOSED_TO_CARS = new Set(['no', 'private']);

interface Edge {
  from: number;
  to: number;
  decimeters: number;
  class: number;
  oneWay: boolean;
  speed: number;
  name: number;
  shape: number[];
}

export function buildStreets(extract: Extract): StreetsFile {
  const ways = extract.ways.filter((way) => way.tags && isDrivable(way.tags));
  const uses = new Map<number, number>();
  for (const way of ways) {
    way.refs.forEach((ref, i) => {
      const isEnd = i === 0 || i === way.refs.length - 1;
      uses.set(ref, (uses.get(ref) ?? 0) + (isEnd ? 2 : 1));
    });
  }
  const junctions = new Map<number, number>();
  const nodes: number[] = [];
  const names = new NameList();
  const edges: Edge[] = [];
  const junction = (ref: number, index: number): number => {
    let id = junctions.get(ref);
    if (id === undefined) {
      id = nodes.length / 2;
      junctions.set(ref, id);
      nodes.push(micro(extract.nodes.lon(index)), micro(extract.nodes.lat(index)));
    }
    return id;
  };
  for (const way of ways) edges.push(...edgesOf(extract, way, uses, junction, names));
  return pack(nodes, edges, names.list);
}

function isDrivable(tags: Tags): boolean {
  const road = ROADS[tags.highway ?? ''];
  if (!road || road.class === 'path' || tags.area === 'yes' || tags.highway === 'pedestrian')
    return false;
  if (road.class === 'service' && tags.service === 'parking_aisle') return false;
  const access = tags.motor_vehicle ?? tags.vehicle ?? tags.access;
  return !CLOSED_TO_CARS.has(access ?? '');
}

function edgesOf(
  extract: Extract,
  way: ExtractWay,
  uses: Map<number, number>,
  junction: (ref: number, index: number) => number,
  names: NameList,
): Edge[] {
  const tags = way.tags ?? {};
  const road = ROADS[tags.highway ?? ''];
  if (!road) return [];
  const backwards = tags.oneway === '-1';
  const refs = backwards ? way.refs.toReversed() : way.refs;
  const shared = {
    class: ROAD_CLASSES.indexOf(road.class),
    oneWay: isOneWay(tags, backwards),
    speed: speedOf(tags, USUAL_SPEED[road.class]),
    name: names.index(tags),
  };
  const edges: Edge[] = [];
  let from = -1;
  let meters = 0;
  let shape: number[] = [];
  let last: [number, number] | null = null;
  for (const ref of refs) {
    const index = extract.nodes.find(ref);
    if (index < 0) {
      from = -1;
      last = null;
      continue;
    }
    const here: [number, number] = [extract.nodes.lon(index), extract.nodes.lat(index)];
    if (last) meters += distanceMeters(last, here);
    const isJunction = (uses.get(ref) ?? 0) > 1;
    if (isJunction || from < 0) {
      const to = junction(ref, index);
      if (from >= 0 && from !== to) {
        edges.push({
          from,
          to,
          decimeters: Math.max(1, Math.round(meters * 10)),
          ...shared,
          shape,
        });
      }
      from = to;
      meters = 0;
      shape = [];
    } else shape.push(micro(here[0]), micro(here[1]));
    last = here;
  }
  return edges;
}

function isOneWay(tags: Tags, backwards: boolean): boolean {
  if (backwards || tags.oneway === 'yes' || tags.oneway === '1' || tags.oneway === 'true')
    return true;
  if (tags.oneway === 'no') return false;
  return tags.junction === 'roundabout' || tags.highway === 'motorway';
}

function speedOf(tags: Tags, usual: number): number {
  const signed = Number.parseInt(tags.maxspeed ?? '', 10);
  if (!(signed >= 5 && signed <= 130)) return usual;
  return tags.maxspeed?.includes('mph') ? Math.round(signed * 1.609) : signed;
}

function micro(degrees: number): number {
  return Math.round(degrees * 1e6);
}

/** Good to a few parts in a thousand over a street's length. */
function distanceMeters([lonA, latA]: [number, number], [lonB, latB]: [number, number]): number {
  const metersPerDegree = 111_195;
  const dx = (lonB - lonA) * Math.cos((((latA + latB) / 2) * Math.PI) / 180);
  return Math.hypot(dx, latB - latA) * metersPerDegree;
}

class NameList {
  readonly list: StreetsFile['names'] = [];
  private readonly indices = new Map<string, number>();

  index(tags: Tags): number {
    const { name, name_zh: zh = name, name_en: en = name } = nameProperties(tags);
    if (name === undefined) return -1;
    const key = `${zh} ${en}`;
    let index = this.indices.get(key);
    if (index === undefined) {
      index = this.list.length;
      this.list.push({ zh: String(zh), en: String(en) });
      this.indices.set(key, index);
    }
    return index;
  }
}

/** Keeps what can be reached from everywhere and turns bends into steps. */
function pack(nodes: number[], edges: Edge[], names: StreetsFile['names']): StreetsFile {
  const kept = largestStrongComponent(nodes.length / 2, edges);
  const renumbered = new Int32Array(nodes.length / 2).fill(-1);
  const file: StreetsFile = { version: 1, nodes: [], edges: [], shapes: [], names, edgeNames: [] };
  for (let i = 0; i < renumbered.length; i++) {
    if (!kept[i]) continue;
    renumbered[i] = file.nodes.length / 2;
    file.nodes.push(nodes[2 * i] ?? 0, nodes[2 * i + 1] ?? 0);
  }
  for (const edge of edges) {
    const from = renumbered[edge.from] ?? -1;
    const to = renumbered[edge.to] ?? -1;
    if (from < 0 || to < 0) continue;
    file.edges.push(from, to, edge.decimeters, edge.class, edge.oneWay ? 1 : 0, edge.speed);
    let lon = nodes[2 * edge.from] ?? 0;
    let lat = nodes[2 * edge.from + 1] ?? 0;
    file.shapes.push(
      edge.shape.map((value, i) => {
        const delta = value - (i % 2 === 0 ? lon : lat);
        if (i % 2 === 0) lon = value;
        else lat = value;
        return delta;
      }),
    );
    file.edgeNames.push(edge.name);
  }
  return file;
}
