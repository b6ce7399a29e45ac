// Dispatch: a simulated night under three policies.
import { benchNight } from './dispatch-night.ts';
import type { Bench } from './report.ts';

export const bench: Bench = {
  name: 'dispatch',
  describe: 'the plan of a night against what is done by eye',
  async run(report) {
    await benchNight(report);
  },
};
