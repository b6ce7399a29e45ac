// Zones: where people are expected outside, and how quickly that is known.
import type { Bench } from './report.ts';
import { benchDebt } from './zones-debt.ts';
import { benchForecast } from './zones-forecast.ts';
import { benchHindcast } from './zones-hindcast.ts';
import { benchScreen } from './zones-screen.ts';
import { benchYear } from './zones-year.ts';

export const bench: Bench = {
  name: 'zones',
  describe: 'where people will be outside: how much of it the forecast catches, and how fast',
  async run(report) {
    await benchHindcast(report);
    benchForecast(report);
    await benchYear(report);
    await benchDebt(report);
    await benchScreen(report);
  },
};
