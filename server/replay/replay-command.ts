/** `npm run replay`: real records of a file through the same intake as everyone's reports. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Bounds } from '../../shared/basemap/schema.ts';
import { CityImportError } from '../basemap/errors.ts';
import { readConfig } from '../kernel/config.ts';
import { boundsOfRecords } from './bounds-of-records.ts';
import { makeCityOfRecords } from './city-of-records.ts';
import { ReplayError, sayRule } from './columns.ts';
import { awaitCity, findCityAt, isServing, startServer } from './destination.ts';
import type { Destination } from './destination.ts';
import { addFirstCrew } from './first-crew.ts';
import { gatherCandidates } from './gather.ts';
import type { Gathered } from './gather.ts';
import { readOptions, usage } from './options.ts';
import type { ReplayOptions } from './options.ts';
import { clock, ProgressLine } from './progress-line.ts';
import type { Candidate } from './read-row.ts';
import { openSource } from './records.ts';
import { Rejects } from './rejects.ts';
import { runReplay } from './replay.ts';
import { dueSeconds } from './schedule.ts';
import { Intake } from './sender.ts';
import { readCity } from '../basemap/city-folder.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const many = (count: number): string => count.toLocaleString('en');

interface Tally {
  sent: number;
  acknowledged: number;
  known: number;
  seconds: number;
  clusters: number | null;
}

async function main(options: ReplayOptions): Promise<void> {
  const source = await openSource(options.file);
  const rejects = new Rejects(options.dryRun ? null : options.rejectsFile, source.header);
  const gathered = await gatherCandidates(source, options.columns, options.rule, rejects);
  const { columns } = gathered;
  say(
    `${path.basename(options.file)}: ${many(gathered.read)} rows; columns ${Object.entries(columns)
      .map(([role, name]) => `${role} = ${name}`)
      .join(', ')}`,
  );
  say(`Rule: ${sayRule(options.rule)}`);
  const config = readConfig(process.env);
  const known = readCity(config.dataDir, options.citySlug);
  const bounds = known?.bounds ?? boundsOf(gathered.candidates);
  const chosen = keepInside(gathered.candidates, bounds, rejects).slice(0, options.limit);
  if (options.dryRun || chosen.length === 0) {
    summarize(gathered, rejects, chosen.length, null);
    if (options.dryRun) say('Nothing was sent (--dry-run).');
    return rejects.close();
  }
  const tally = await send(options, chosen, bounds, rejects);
  await rejects.close();
  summarize(gathered, rejects, chosen.length, tally);
  if (rejects.total > 0) say(`Refused rows are in ${options.rejectsFile}`);
}

function boundsOf(candidates: readonly Candidate[]): Bounds | null {
  return candidates.length === 0
    ? null
    : boundsOfRecords(candidates.map(({ position }) => position));
}

/** Whoever lies outside the city's box is outside the city; the server judges the rest by its outline. */
function keepInside(
  candidates: readonly Candidate[],
  bounds: Bounds | null,
  rejects: Rejects,
): Candidate[] {
  if (!bounds) return [];
  const [west, south, east, north] = bounds;
  return candidates.filter(({ position: { lon, lat }, number, row }) => {
    const inside = lon >= west && lon <= east && lat >= south && lat <= north;
    if (!inside) rejects.add(number, row, 'outside_city');
    return inside;
  });
}

async function send(
  options: ReplayOptions,
  chosen: readonly Candidate[],
  bounds: Bounds | null,
  rejects: Rejects,
): Promise<Tally> {
  const destination = await reach(options, bounds!, chosen.length);
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const intake = new Intake(destination.baseUrl, options.parallel);
  try {
    await intake.signIn(options.citySlug, await readAccount(options));
    const due = dueSeconds(
      chosen.map(({ atMs }) => atMs),
      options,
    );
    say(
      `Sending ${many(chosen.length)} sightings to ${destination.baseUrl} (${options.citySlug})${options.speed === Infinity ? ', as fast as it goes' : `, ${options.speed} × their own time: about ${clock(due.at(-1)!)}`}`,
    );
    const tally = await sendAll(options, chosen, due, { intake, rejects, signal: stopping.signal });
    tally.clusters = await intake.countOpenPlaces().catch(() => null);
    if (stopping.signal.aborted) say('Stopped.');
    else if (options.stay) await staysUntil(stopping.signal, destination);
    return tally;
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    intake.close();
    await destination.close();
  }
}

async function sendAll(
  options: ReplayOptions,
  chosen: readonly Candidate[],
  due: Float64Array,
  { intake, rejects, signal }: { intake: Intake; rejects: Rejects; signal: AbortSignal },
): Promise<Tally> {
  const tally: Tally = { sent: 0, acknowledged: 0, known: 0, seconds: 0, clusters: null };
  const progress = new ProgressLine(process.stderr, chosen.length);
  const began = performance.now();
  const elapsed = (): number => (performance.now() - began) / 1000;
  await runReplay({
    candidates: chosen,
    due,
    parallel: options.parallel,
    accuracyMeters: options.accuracyMeters,
    signal,
    send: (draft) => intake.report(draft),
    onSent: (candidate, sent) => {
      tally.sent += 1;
      if (sent.verdict === 'refused')
        rejects.add(candidate.number, candidate.row, `server: ${sent.reason}`);
      else {
        tally.acknowledged += 1;
        if (!sent.isNew) tally.known += 1;
      }
      progress.at(tally.sent, options.speed === Infinity ? null : due.at(-1)! - elapsed());
    },
  });
  progress.end();
  tally.seconds = elapsed();
  return tally;
}

/** The running server, or one of our own; the city is made where there is none. */
async function reach(
  options: ReplayOptions,
  bounds: Bounds,
  records: number,
): Promise<Destination> {
  const { dataDir, port } = readConfig(process.env);
  const usual = options.server ?? `http://127.0.0.1:${port}`;
  const running = await isServing(usual);
  if (!running && options.server !== null)
    throw new ReplayError(`No server answers at ${options.server}.`);
  const isNew = running
    ? (await findCityAt(usual, options.citySlug)) === null
    : readCity(dataDir, options.citySlug) === null;
  if (isNew) {
    const source = path.basename(options.file);
    const { name, timezone } = await makeCityOfRecords({
      dataDir,
      slug: options.citySlug,
      name: options.cityName,
      timeZone: options.timeZone,
      bounds,
      source,
      records,
    });
    say(
      `Made the city ${options.citySlug} (${name.en}) from the records' bounds: ${bounds.join(', ')}; ${timezone}`,
    );
  }
  if (!running)
    say(
      `No server answers at ${usual}: starting one on ${process.env.DATABASE_URL ? 'DATABASE_URL' : dataDir}`,
    );
  const destination = running
    ? { baseUrl: usual, close: async () => {} }
    : await startServer(process.env, say);
  try {
    const { center } = await awaitCity(destination.baseUrl, options.citySlug, isNew);
    if (isNew) await addFirstCrew(destination.baseUrl, options.citySlug, center);
  } catch (error) {
    await destination.close();
    throw error;
  }
  return destination;
}

async function readAccount({
  account,
}: ReplayOptions): Promise<{ user: string; password: string } | null> {
  if (!account) return null;
  const password = await readFile(account.passwordFile, 'utf8').catch((error: Error) => {
    throw new ReplayError(`${account.passwordFile} can't be read: ${error.message}`);
  });
  return { user: account.user, password: password.trim() };
}

async function staysUntil(signal: AbortSignal, { baseUrl }: Destination): Promise<void> {
  say(`The server stays at ${baseUrl} until Ctrl-C.`);
  if (!signal.aborted)
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

function summarize(
  gathered: Gathered,
  rejects: Rejects,
  chosen: number,
  tally: Tally | null,
): void {
  const reasons = [...rejects.counts]
    .map(([reason, count]) => `${reason} ${many(count)}`)
    .join(', ');
  say(`Read ${many(gathered.read)} rows`);
  say(`  ignored by the rule     ${many(gathered.ignored)}`);
  say(`  refused                 ${many(rejects.total)}${reasons === '' ? '' : `  (${reasons})`}`);
  say(`  the same record again   ${many(gathered.duplicates)}`);
  say(`  sightings               ${many(chosen)}`);
  if (!tally) return;
  const rate = tally.seconds > 0 ? tally.sent / tally.seconds : 0;
  say(
    `Sent ${many(tally.sent)} in ${tally.seconds.toFixed(1)} s (${many(Math.round(rate))}/s), acknowledged ${many(tally.acknowledged)}, of these known before ${many(tally.known)}`,
  );
  if (tally.clusters !== null)
    say(`Places (clusters) open in the city now: ${many(tally.clusters)}`);
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options) await main(options);
  else say(usage);
} catch (error) {
  if (!(error instanceof ReplayError || error instanceof CityImportError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
