// Travel times: a matrix of a real city from nothing, and one new place in a warm table.
import { estimateMatrix } from '../shared/roads/estimate.ts';
import { defaultConditions } from '../shared/roads/schema.ts';
import { openRoads } from '../server/roads/roads.ts';
import type { Roads } from '../server/roads/roads.ts';
import { TravelTable } from '../server/roads/travel-table.ts';
import { extractPath, hasExtract, makeRoadCity } from '../server/testing/road-city.ts';
import type { RoadCity } from '../server/testing/road-city.ts';
import { median } from './measure.ts';
import type { Report } from './report.ts';

const extract = 'Helsinki';
const [rows, cols] = [100, 500];
const tablePlaces = 600;
const newPlaces = 15;
const sampledRoutes = 60;
const targets = { coldMs: 3_000, newPlaceMs: 100 };

export async function benchRoads(report: Report): Promise<void> {
  const name = hasExtract(extract) ? extract : null;
  report.say(name ? `roads: making ${name}` : `roads: no ${extractPath(extract)}: the demo town`);
  const began = performance.now();
  const city = await makeRoadCity(name);
  const importMs = performance.now() - began;
  try {
    await benchMatrix(report, city, importMs);
    await benchNewPlace(report, city);
  } finally {
    city.remove();
  }
}

const open = (city: RoadCity): Roads =>
  openRoads({ dataDir: city.dataDir, valhallaUrl: undefined }, () => undefined);

/** With the engine's process not yet started: what the first plan of a night waits for in the background. */
async function benchMatrix(report: Report, city: RoadCity, importMs: number): Promise<void> {
  report.say(`roads: ${rows} × ${cols} from nothing`);
  const places = city.places(rows + cols);
  const [from, to] = [places.slice(0, rows), places.slice(rows)];
  const roads = open(city);
  const coldBegan = performance.now();
  const matrix = await roads.matrix(city.cityId, 'van', from, to);
  const coldMs = performance.now() - coldBegan;
  const rowOf = {
    case: `matrix ${rows} × ${cols}, cold`,
    ours: coldMs,
    unit: 'ms',
    better: 'lower' as const,
  };
  report.row({
    ...rowOf,
    peer: 'target',
    theirs: targets.coldMs,
    target: 1,
    sameResult: !matrix.estimated,
    note: `engine started in it; city imported with its roads in ${(importMs / 1000).toFixed(1)} s`,
  });
  const straightBegan = performance.now();
  const straight = estimateMatrix('van', from, to, defaultConditions);
  report.row({
    ...rowOf,
    peer: 'straight line × detour factor',
    theirs: performance.now() - straightBegan,
    note: spread(matrix.seconds, straight.seconds),
  });
  const routesBegan = performance.now();
  for (let i = 0; i < sampledRoutes; i++)
    await roads.route(city.cityId, 'van', [from[i % rows]!, to[(i * 7) % cols]!]);
  const perRoute = (performance.now() - routesBegan) / sampledRoutes;
  report.row({
    ...rowOf,
    peer: 'one route per pair',
    theirs: perRoute * rows * cols,
    note: `${sampledRoutes} routes of ${perRoute.toFixed(1)} ms, extrapolated`,
  });
  await roads.close();
}

/** How the estimate stands to the roads: the middle and the middle nine tenths. */
function spread(roads: Float64Array, straight: Float64Array): string {
  const ratios = [...roads]
    .map((seconds, i) => straight[i]! / seconds)
    .filter((ratio) => Number.isFinite(ratio) && ratio > 0)
    .sort((a, b) => a - b);
  const at = (share: number) => (ratios[Math.floor(share * (ratios.length - 1))] ?? 0).toFixed(2);
  return `estimate ÷ road: ${at(0.5)} in the middle, ${at(0.05)}–${at(0.95)} for nine tenths`;
}

async function benchNewPlace(report: Report, city: RoadCity): Promise<void> {
  report.say(`roads: a warm table of ${tablePlaces}`);
  const roads = open(city);
  const table = new TravelTable(roads, city.cityId, 'van');
  const warmBegan = performance.now();
  table.add(city.places(tablePlaces, 2));
  await table.ready();
  const warmMs = performance.now() - warmBegan;
  const [byRoad, atOnce]: [number[], number[]] = [[], []];
  for (const place of city.places(newPlaces, 3)) {
    const began = performance.now();
    const [index] = table.add([place]);
    atOnce.push(performance.now() - began);
    await table.ready();
    byRoad.push(performance.now() - began);
    table.drop(index!);
  }
  const row = {
    unit: 'ms',
    better: 'lower' as const,
    theirs: targets.newPlaceMs,
    peer: 'target',
    target: 1,
  };
  report.row({
    ...row,
    case: `a new place in a table of ${tablePlaces}`,
    ours: median(byRoad),
    note: `slowest ${Math.max(...byRoad).toFixed(0)} ms; the whole table from nothing ${(warmMs / 1000).toFixed(1)} s`,
  });
  report.row({
    ...row,
    case: 'until it has a figure to plan with',
    ours: median(atOnce),
    note: 'the estimate, marked as one: what a repair of the plan waits for',
  });
  table.close();
  await roads.close();
}
