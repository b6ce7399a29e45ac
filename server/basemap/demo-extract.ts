/** The demo city as a real extract: the made-up Nuanhe 暖河, drawn from a seed, with nothing downloaded. */
import { fillBlocks } from './demo/blocks.ts';
import { drawRailway, drawWater } from './demo/ground.ts';
import { NameSupply } from './demo/names.ts';
import { Occupancy } from './demo/occupancy.ts';
import { OsmSink } from './demo/osm-sink.ts';
import { drawCashMachines, drawLabels, drawServices, drawZones } from './demo/places.ts';
import { CITY_SEED } from './demo/plan.ts';
import { Random } from './demo/random.ts';
import { streetLines } from './demo/street-lines.ts';
import { drawStreets } from './demo/street-network.ts';
import { writeOsmPbf } from './osm-writer.ts';

const CLEARANCE: Record<string, number> = {
  trunk: 20,
  primary: 14,
  secondary: 11,
  tertiary: 8,
  residential: 5,
  service: 4,
};

/** The same seed gives the same bytes. */
export function demoExtract(seed: number = CITY_SEED): Buffer {
  const random = new Random(seed);
  const names = new NameSupply(random);
  const sink = new OsmSink();
  const occupancy = new Occupancy();
  const { lines, grid } = streetLines(random, names);
  for (const { line, points } of drawStreets(sink, lines)) {
    occupancy.markLine(points, CLEARANCE[line.class] ?? 5);
  }
  drawWater(sink, occupancy);
  drawRailway(sink, occupancy);
  drawZones(sink, random, occupancy);
  fillBlocks({ sink, random, names, occupancy }, grid);
  drawCashMachines(sink, random);
  drawServices(sink);
  drawLabels(sink);
  return writeOsmPbf(sink.finish());
}
