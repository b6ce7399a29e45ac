/** River, lake, woods, railway, station: what the streets were laid around. */
import { nameTags } from './osm-sink.ts';
import type { OsmSink } from './osm-sink.ts';
import type { Occupancy } from './occupancy.ts';
import { BRANCH_LINE, HALF_HEIGHT, ISLAND, LAKE, MAIN_LINE, RIVER, STATION_V } from './plan.ts';
import type { Point } from './plan.ts';
import { islandOutline, lakeOutline, riverBank } from './terrain.ts';

const RIVER_REACH = HALF_HEIGHT + 60;

export function drawWater(sink: OsmSink, occupancy: Occupancy): void {
  const west = riverBank(-1, 0, -RIVER_REACH, RIVER_REACH, 55);
  const east = riverBank(1, 0, RIVER_REACH, -RIVER_REACH, 55);
  const westRefs = west.map((point) => sink.node(point));
  const eastRefs = east.map((point) => sink.node(point));
  // The river is a relation of its two banks with the island as a hole, as large rivers are mapped.
  const ends = [westRefs.at(-1) ?? 0, eastRefs[0] ?? 0];
  const closing = [eastRefs.at(-1) ?? 0, westRefs[0] ?? 0];
  const island = islandOutline().map((point) => sink.node(point));
  const members = [westRefs, [...ends], eastRefs, [...closing]].map((refs) => sink.way(refs, {}));
  const hole = sink.way([...island, island[0] ?? 0], {
    leisure: 'park',
    ...nameTags({ zh: '月亮岛公园', en: 'Moon Island Park' }),
  });
  sink.relation(
    [
      ...members.map((ref) => ({ type: 'way' as const, ref, role: 'outer' })),
      { type: 'way', ref: hole, role: 'inner' },
    ],
    { type: 'multipolygon', natural: 'water', water: 'river', ...nameTags(RIVER) },
  );
  sink.node(islandMiddle(), { place: 'island', ...nameTags(ISLAND.name) });
  sink.line(riverBank(-1, -70, -RIVER_REACH, RIVER_REACH, 110), {
    waterway: 'river',
    ...nameTags(RIVER),
  });
  for (const side of [-1, 1] as const) {
    const water = riverBank(side, 3, -RIVER_REACH, RIVER_REACH, 60);
    const road = riverBank(side, 38, RIVER_REACH, -RIVER_REACH, 60);
    sink.area([...water, ...road], { landuse: 'grass' });
    occupancy.markLine(riverBank(side, 15, -RIVER_REACH, RIVER_REACH, 40), 32);
  }
  occupancy.markLine(riverBank(-1, -80, -RIVER_REACH, RIVER_REACH, 40), 110);
  sink.area(lakeOutline(), { natural: 'water', water: 'lake', ...nameTags(LAKE.name) });
}

function islandMiddle(): Point {
  const outline = islandOutline();
  const sum = outline.reduce<Point>(([u, v], point) => [u + point[0], v + point[1]], [0, 0]);
  return [sum[0] / outline.length, sum[1] / outline.length];
}

function shifted(line: Point[], offset: number): Point[] {
  return line.map(([u, v], i) => {
    const [pu, pv] = line[Math.max(0, i - 1)] ?? [u, v];
    const [nu, nv] = line[Math.min(line.length - 1, i + 1)] ?? [u, v];
    const length = Math.hypot(nu - pu, nv - pv) || 1;
    return [u + ((nv - pv) / length) * offset, v - ((nu - pu) / length) * offset];
  });
}

/** Rounds the corners of a coarse line (Chaikin, twice). */
function smooth(line: Point[]): Point[] {
  let points = line;
  for (let round = 0; round < 3; round++) {
    const next: Point[] = [points[0] ?? [0, 0]];
    for (let i = 1; i < points.length; i++) {
      const [au, av] = points[i - 1] ?? [0, 0];
      const [bu, bv] = points[i] ?? [0, 0];
      next.push(
        [au * 0.75 + bu * 0.25, av * 0.75 + bv * 0.25],
        [au * 0.25 + bu * 0.75, av * 0.25 + bv * 0.75],
      );
    }
    next.push(points.at(-1) ?? [0, 0]);
    points = next;
  }
  return points;
}

export function drawRailway(sink: OsmSink, occupancy: Occupancy): void {
  const main = smooth(MAIN_LINE);
  const branch = smooth(BRANCH_LINE);
  const onRiver = (point: Point): boolean => point[0] > 300 && point[0] < 1900;
  for (const offset of [-3, 3]) {
    sink.line(shifted(main, offset), {
      railway: 'rail',
      ...nameTags({ zh: '暖松铁路', en: 'Nuansong Railway' }),
    });
  }
  const bridgeFrom = branch.findIndex(onRiver);
  const bridgeTo = branch.findLastIndex(onRiver) + 1;
  const refs = branch.map((point) => sink.node(point));
  sink.way(refs.slice(0, bridgeFrom + 1), {
    railway: 'rail',
    ...nameTags({ zh: '河东支线', en: 'Hedong Branch' }),
  });
  sink.way(refs.slice(bridgeFrom, bridgeTo + 1), {
    railway: 'rail',
    bridge: 'yes',
    layer: '1',
    ...nameTags({ zh: '暖河铁路桥', en: 'Nuan River Railway Bridge' }, 'bridge:'),
  });
  sink.way(refs.slice(bridgeTo), {
    railway: 'rail',
    ...nameTags({ zh: '河东支线', en: 'Hedong Branch' }),
  });
  occupancy.markLine(main, 28);
  occupancy.markLine(branch, 28);
  drawYard(sink, occupancy, main);
  sink.node([3400, -3846], {
    railway: 'station',
    ...nameTags({ zh: '河东站', en: 'Hedong Station' }),
  });
}

function drawYard(sink: OsmSink, occupancy: Occupancy, main: Point[]): void {
  const [from, to] = STATION_V;
  const along = main.filter(([, v]) => v > from - 260 && v < to + 260);
  [-34, -22, -12, 12, 22, 34, 46].forEach((offset) => {
    const track = shifted(along, offset).map(([u, v], i, all): Point => {
      // Both ends lean back to the main line.
      const share = Math.min(1, Math.min(i, all.length - 1 - i) / 3);
      const base = along[i] ?? [u, v];
      return [base[0] + (u - base[0]) * share, v];
    });
    sink.line(track, { railway: 'rail', service: 'yard' });
  });
  sink.rectangle(-2560, from, -2370, to, { landuse: 'railway' });
  sink.rectangle(-2355, 230, -2300, 480, { building: 'train_station' });
  sink.rectangle(-2290, 240, -2262, 470, {
    highway: 'pedestrian',
    area: 'yes',
    place: 'square',
    ...nameTags({ zh: '站前广场', en: 'Station Square' }),
  });
  sink.node([-2330, 355], {
    railway: 'station',
    ...nameTags({ zh: '暖河站', en: 'Nuanhe Railway Station' }),
  });
  sink.rectangle(-2352, 560, -2280, 640, {
    amenity: 'bus_station',
    ...nameTags({ zh: '暖河客运总站', en: 'Nuanhe Main Bus Station' }),
  });
  sink.rectangle(-2345, 600, -2300, 632, { building: 'yes' });
  sink.node([-2410, -100], { amenity: 'parking' });
  occupancy.markBox(-2620, from - 20, -2255, to + 20);
}
