// The forecast of where people are outside: a city with a million past sightings, from rows to every cell.
import { gridDisk, latLngToCell } from 'h3-js';
import { forecastPresence } from '../shared/presence/forecast.ts';
import { presenceKinds } from '../shared/presence/schema.ts';
import type { ForecastCircumstances, PresenceHistory } from '../shared/presence/schema.ts';
import { median, seededRandom } from './measure.ts';
import type { Report } from './report.ts';

const ROWS = 1_000_000;
const NIGHTS = 365;
const RUNS = 5;
const TARGET_MS = 5_000;
const hourMs = 3_600_000;
const NOW = Date.parse('2026-01-15T12:00:00.000Z');

export function benchForecast(report: Report): void {
  for (const rings of [80, 125]) {
    const history = pastOf(ROWS, rings);
    const cells = history.cells.length.toLocaleString('en');
    const first = timed(history, {});
    const learned = forecastPresence(history, circumstances({})).learned;
    const again = timed(history, { learned });
    const row = { unit: 'ms', better: 'lower', target: 1, theirs: TARGET_MS } as const;
    const name = `forecast, 1M rows, ${cells} cells`;
    report.row({ ...row, case: name, peer: 'promised', ours: first });
    report.row({ ...row, case: `${name}, learned before`, peer: 'promised', ours: again });
  }
}

function timed(history: PresenceHistory, more: Partial<ForecastCircumstances>): number {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const began = performance.now();
    forecastPresence(history, circumstances(more));
    times.push(performance.now() - began);
  }
  return median(times);
}

const circumstances = (more: Partial<ForecastCircumstances>): ForecastCircumstances => ({
  nowMs: NOW,
  timeZone: 'Asia/Shanghai',
  keyPoints: [],
  ...more,
});

/** Few cells have most of it, as in every city; one row in five is a look that found nobody. */
function pastOf(rows: number, rings: number): PresenceHistory {
  const random = seededRandom(5);
  const cells = gridDisk(latLngToCell(39.91, 116.4, 9), rings);
  const history: PresenceHistory = {
    cells,
    cellOf: new Uint32Array(rows),
    atMs: new Float64Array(rows),
    people: new Float32Array(rows),
    kind: new Uint8Array(rows),
    placeOf: new Uint32Array(rows),
  };
  for (let row = 0; row < rows; row++) {
    const cell = Math.floor(random() ** 3 * cells.length);
    const hour = 10 + Math.floor((random() + random()) * 6);
    const found = random() < 0.8;
    history.cellOf[row] = (cell * 7_919) % cells.length;
    history.atMs[row] = NOW - Math.floor(random() * NIGHTS) * 24 * hourMs + (hour - 24) * hourMs;
    history.people[row] = found ? 1 + Math.floor(random() ** 4 * 5) : 0;
    history.kind[row] = found ? Math.floor(random() * 3) : presenceKinds.nobody;
    history.placeOf[row] = cell * 4 + Math.floor(random() * 4);
  }
  return history;
}
