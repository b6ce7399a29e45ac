// Dispatch: routes, travel times, beds, and a simulated night under three policies.
import { benchBeds } from './dispatch-beds.ts';
import { benchNight } from './dispatch-night.ts';
import { benchRoads } from './dispatch-roads.ts';
import { benchSolomon } from './dispatch-solomon.ts';
import type { Bench } from './report.ts';

export const bench: Bench = {
  name: 'dispatch',
  describe: 'routes, travel times, places under a rush, and a night against what is done by eye',
  async run(report) {
    await benchSolomon(report);
    await benchRoads(report);
    await benchBeds(report);
    await benchNight(report);
  },
};
