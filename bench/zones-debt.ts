// A city of 50,000 cells with a past of a million reports, on a real database and server: the forecast from the rows to
// the stored field, the field as a screen gets it, and the time from a visit to the new debt of every cell on a screen.
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gridDisk, latLngToCell } from 'h3-js';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { v7 as uuidv7 } from 'uuid';
import { migrate } from '../server/kernel/migrate.ts';
import { openDatabase } from '../server/kernel/sql.ts';
import type { Database } from '../server/kernel/sql.ts';
import { startPrivateCluster } from '../server/testing/private-cluster.ts';
import { cityCenter, seedCity } from '../server/testing/seed.ts';
import type { SeededCity } from '../server/testing/seed.ts';
import { serve } from '../server/testing/serve.ts';
import { cookieOf } from '../server/testing/uploading.ts';
import { makeCityForecast } from '../server/zones/field-maker.ts';
import type { ClientToServer, ServerToClient } from '../shared/realtime/events.ts';
import { applyCell, indexOfCell } from '../shared/zones/cell-field.ts';
import type { CellField } from '../shared/zones/cell-field.ts';
import { feltOfCells } from '../shared/zones/circumstances.ts';
import { debtsOfAll } from '../shared/zones/debt.ts';
import type { DebtCircumstances } from '../shared/zones/debt.ts';
import { decodeCellField } from '../shared/zones/field-bytes.ts';
import { median } from './measure.ts';
import type { Report } from './report.ts';
import { fillCity } from './zones-city.ts';

/** 1 + 3 · 129 · 130 cells. */
const RINGS = 129;
const REPORTS = 1_000_000;
const LOOKS = 250_000;
const KEY_POINTS = 200;
const RUNS = 15;
const TARGET = { visitMs: 1_000, fieldBytes: 300_000, forecastMs: 5_000 };

export async function benchDebt(report: Report): Promise<void> {
  const real = await startPrivateCluster();
  if (real === null) {
    const row = { case: 'from a visit to the debt', peer: 'promised', ours: null } as const;
    report.skip({ ...row, unit: 'ms', better: 'lower' }, 'no PostgreSQL server with PostGIS here');
    return;
  }
  const dataDir = await mkdtemp(path.join(tmpdir(), 'nuanxun-bench-'));
  const db = await openDatabase({ databaseUrl: real.url, dataDir });
  try {
    await migrate(db);
    const city = await seedCity(db.sql);
    const cells = gridDisk(latLngToCell(cityCenter.lat, cityCenter.lon, 9), RINGS).toSorted();
    report.say(`a city of ${cells.length} cells, ${REPORTS} reports, ${LOOKS} looks`);
    await fillCity(db, city.cityId, cells, {
      reports: REPORTS,
      looks: LOOKS,
      keyPoints: KEY_POINTS,
    });
    await forecastOnce(report, db, city.cityId);
    await onScreen(report, db, city, cells);
  } finally {
    await db.close();
    await real.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function forecastOnce(report: Report, db: Database, cityId: string): Promise<void> {
  // The first takes over what was there before the table of looks, and learns how to weigh the city's past.
  await makeCityForecast(db, cityId);
  await db.sql`update cell_forecasts set learned_at = null where city_id = ${cityId}`;
  let longestStall = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longestStall = Math.max(longestStall, performance.now() - last);
    last = performance.now();
  }, 1);
  const times = (await makeCityForecast(db, cityId))!;
  clearInterval(timer);
  const row = { peer: 'promised', unit: 'ms', better: 'lower' } as const;
  const name = `forecast of ${times.cells} cells from ${times.rows} stored rows`;
  report.row({
    ...row,
    case: name,
    ours: times.made,
    theirs: TARGET.forecastMs,
    target: 1,
    note: 'learning how to weigh the past included; in its own thread',
  });
  report.row({
    ...row,
    case: `${name}, the whole way`,
    ours: times.whole,
    theirs: TARGET.forecastMs,
    note: `reading ${Math.round(times.read)} ms, thread started and field stored; the server stood still for ${Math.round(longestStall)} ms at most`,
  });
}

type Wire = Socket<ServerToClient, ClientToServer>;

async function onScreen(
  report: Report,
  db: Database,
  city: SeededCity,
  cells: readonly string[],
): Promise<void> {
  const served = await serve(db);
  const cookie = await cookieOf(db.sql, city.people.patrol);
  const wire: Wire = io(served.baseUrl, {
    transports: ['websocket'],
    extraHeaders: { cookie },
  });
  try {
    await new Promise<void>((resolve) => void wire.on('connect', resolve));
    await new Promise((resolve) => {
      wire.emit('follow', { cityId: city.cityId, since: null, cells: null }, resolve);
    });
    const url = `${served.baseUrl}/api/cities/${city.cityId}/cells.bin`;
    const field = await fetchField(report, url, cookie);
    if (field.cells.length < cells.length) throw new Error('the field has lost cells');
    const circumstances = judge(report, field);
    await visitAll(report, {
      db,
      city,
      baseUrl: served.baseUrl,
      cookie,
      wire,
      field,
      circumstances,
    });
  } finally {
    wire.close();
    await served.close();
  }
}

async function fetchField(report: Report, url: string, cookie: string): Promise<CellField> {
  const row = { peer: 'promised', unit: 'B', better: 'lower' } as const;
  for (const encoding of ['gzip', 'br'] as const) {
    await sentBytes(url, cookie, encoding);
    const began = performance.now();
    const { bytes, cells } = await sentBytes(url, cookie, encoding);
    report.row({
      ...row,
      case: `field of ${cells} cells as sent (${encoding})`,
      ours: bytes,
      theirs: TARGET.fieldBytes,
      target: 1,
      note: `again, already compressed: ${Math.round(performance.now() - began)} ms`,
    });
  }
  const answer = await fetch(url, { headers: { cookie } });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const field = decodeCellField(bytes);
  const ours = timed(() => decodeCellField(bytes));
  report.row({
    case: `field of ${field.cells.length} cells decoded`,
    peer: '–',
    ours,
    theirs: null,
    unit: 'ms',
    better: 'lower',
    note: `${bytes.length} B unpacked`,
  });
  return field;
}

/** What goes over the line, not what the client's library makes of it. */
function sentBytes(
  url: string,
  cookie: string,
  encoding: 'gzip' | 'br',
): Promise<{ bytes: number; cells: number }> {
  return new Promise((resolve, reject) => {
    const headers = { cookie, 'accept-encoding': encoding };
    http
      .get(url, { headers }, (answer) => {
        let bytes = 0;
        answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
        answer.on('end', () => resolve({ bytes, cells: 1 + 3 * RINGS * (RINGS + 1) }));
      })
      .on('error', reject);
  });
}

function timed(work: () => unknown): number {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const began = performance.now();
    work();
    times.push(performance.now() - began);
  }
  return median(times);
}

function judge(report: Report, field: CellField): DebtCircumstances {
  const weather = ({ lon, lat }: { lon: number; lat: number }) => ({
    feltCelsius: -10 - (lon - cityCenter.lon) * 20 - (lat - cityCenter.lat) * 10,
    wet: false,
  });
  const columns = feltOfCells(field, weather);
  const at = { atMs: Date.now(), hour: 23, zoneWeights: null };
  const circumstances: DebtCircumstances = { ...at, ...columns };
  const out = new Float32Array(field.cells.length);
  const row = { peer: '–', theirs: null, unit: 'ms', better: 'lower' } as const;
  const name = `${field.cells.length} cells`;
  report.row({
    ...row,
    case: `debt of ${name}`,
    ours: timed(() => debtsOfAll(field, circumstances, out)),
  });
  report.row({
    ...row,
    case: `weather over ${name}`,
    ours: timed(() => feltOfCells(field, weather)),
  });
  return circumstances;
}

interface Visiting {
  db: Database;
  city: SeededCity;
  baseUrl: string;
  cookie: string;
  wire: Wire;
  field: CellField;
  circumstances: DebtCircumstances;
}

/** A team's tablet tells of a visit; a screen hears of the cell and knows the debt of all cells anew. */
async function visitAll(report: Report, visiting: Visiting): Promise<void> {
  const { db, city, wire, field, circumstances } = visiting;
  const keyPoints = await db.sql<{ id: string; cell: string; lon: number; lat: number }[]>`
    select id, name as cell, st_x(position::geometry) as lon, st_y(position::geometry) as lat
    from key_points where city_id = ${city.cityId}`;
  const debts = new Float32Array(field.cells.length);
  const times: number[] = [];
  for (const { id, cell, lon, lat } of keyPoints) {
    const began = performance.now();
    const known = new Promise<void>((resolve) => {
      const hear = ({ events }: Parameters<ServerToClient['events']>[0]): void => {
        for (const event of events) {
          if (event.kind !== 'cell.changed') continue;
          applyCell(field, event.cell);
          if (event.cell.cell !== cell) continue;
          debtsOfAll(field, { ...circumstances, atMs: Date.now() }, debts);
          wire.off('events', hear);
          resolve();
        }
      };
      wire.on('events', hear);
    });
    await tellVisit(visiting, { keyPointId: id, position: { lon, lat } });
    await known;
    times.push(performance.now() - began);
    if (debts[indexOfCell(field, cell)]! > 0.01) throw new Error('a visit left a debt');
  }
  times.sort((a, b) => a - b);
  for (const share of [0.5, 0.99])
    report.row({
      case: `from a visit to the debt of ${field.cells.length} cells on a screen, p${share * 100}`,
      peer: 'promised',
      ours: times[Math.floor(times.length * share)]!,
      theirs: TARGET.visitMs,
      unit: 'ms',
      better: 'lower',
      target: 1,
      note: `${times.length} visits, told over HTTP and heard over a socket`,
    });
}

async function tellVisit(
  { baseUrl, cookie }: Visiting,
  visit: { keyPointId: string; position: { lon: number; lat: number } },
): Promise<void> {
  const action = {
    kind: 'keyPoint.visit',
    id: uuidv7(),
    at: new Date().toISOString(),
    visit: { ...visit, id: uuidv7(), note: '' },
  };
  const answer = await fetch(`${baseUrl}/api/field.submit`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify(action),
  });
  if (!answer.ok) throw new Error(`the visit was refused: ${answer.status} ${await answer.text()}`);
}
