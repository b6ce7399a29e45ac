// Beds under pressure: many ask at once, on two servers, for few places that are given back all the time.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AppError } from '../shared/errors.ts';
import { migrate } from '../server/kernel/migrate.ts';
import { openDatabase } from '../server/kernel/sql.ts';
import type { Database } from '../server/kernel/sql.ts';
import { saveStation } from '../server/stations/actions.ts';
import { holdBeds, releaseHold } from '../server/stations/holds.ts';
import { holdDraft, houseDraft, wrongCounters } from '../server/testing/beds.ts';
import { startPrivateCluster } from '../server/testing/private-cluster.ts';
import { seedCity } from '../server/testing/seed.ts';
import type { SeededCity } from '../server/testing/seed.ts';
import { seededRandom } from './measure.ts';
import type { Report } from './report.ts';

const ATTEMPTS = 10_000;
/** At once: more than any night desk has, fewer than would only measure the queue. */
const AT_ONCE = 64;
const CONNECTIONS = 8;
const HOUSES = 3;
const PLACES = 4;

interface Asked {
  perSecond: number;
  had: number;
  refused: number;
  /** times that more were told "yes" than there are places */
  overbooked: number;
}

/** What one attempt is: true where a place was had; and how it is given back. */
interface Side {
  ask(server: Database, house: string): Promise<(() => Promise<unknown>) | null>;
}

export async function benchBeds(report: Report): Promise<void> {
  const real = await startPrivateCluster();
  try {
    if (real) await onEngine(report, real.url);
    else
      report.skip(
        { case: 'beds', peer: 'bare update', ours: null, unit: '/s', better: 'higher' },
        'no PostgreSQL server with PostGIS here',
      );
  } finally {
    await real?.stop();
  }
  await onEngine(report, undefined);
}

async function onEngine(report: Report, databaseUrl: string | undefined): Promise<void> {
  const engine = databaseUrl === undefined ? 'embedded' : 'server';
  const dataDir = await mkdtemp(path.join(tmpdir(), 'nuanxun-beds-'));
  const servers: Database[] = [];
  try {
    const open = () =>
      openDatabase({ databaseUrl, dataDir, maxConnections: databaseUrl ? CONNECTIONS : 4 });
    // Only one process may have the embedded database: there the second server is the first.
    servers.push(await open());
    if (databaseUrl !== undefined) servers.push(await open());
    await migrate(servers[0]!);
    const city = await seedCity(servers[0]!.sql);
    report.say(`beds (${engine}): ${ATTEMPTS} attempts on ${HOUSES * PLACES} places`);
    const ours = await press(servers, await houses(servers[0]!, city), byAction(city));
    const wrong = await wrongCounters(servers[0]!.sql, city.cityId);
    const bare = await press(servers, await houses(servers[0]!, city), byUpdate(city));
    say(report, engine, { ours, bare, wrong: wrong.length });
  } finally {
    for (const server of servers) await server.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function say(
  report: Report,
  engine: string,
  { ours, bare, wrong }: { ours: Asked; bare: Asked; wrong: number },
): void {
  report.row({
    case: `beds: places given twice in ${ATTEMPTS} attempts (${engine})`,
    peer: 'none allowed',
    ours: ours.overbooked + wrong,
    theirs: 1,
    unit: '',
    better: 'lower',
    target: 0,
    note: `${ours.had} had one, ${ours.refused} were told there is none; counters agree with the book`,
  });
  report.row({
    case: `beds: attempts, ${AT_ONCE} at once (${engine})`,
    peer: 'bare update … where free > 0',
    ours: ours.perSecond,
    theirs: bare.perSecond,
    unit: '/s',
    better: 'higher',
    note: 'ours with hold, lock of the city and events for every screen',
  });
}

async function houses(db: Database, city: SeededCity): Promise<string[]> {
  const ids: string[] = [];
  for (let house = 0; house < HOUSES; house += 1) {
    const draft = houseDraft({ general: PLACES });
    await saveStation(db, city.people.administrator, draft);
    ids.push(draft.id);
  }
  return ids;
}

/** As the desk does it. */
const byAction = ({ people: { dispatcher } }: SeededCity): Side => ({
  async ask(server, house) {
    try {
      const hold = await holdBeds(server, dispatcher, holdDraft(house));
      return () => releaseHold(server, dispatcher, hold);
    } catch (error) {
      if (error instanceof AppError && error.code === 'no_bed_free') return null;
      throw error;
    }
  },
});

const byUpdate = ({ cityId }: SeededCity): Side => ({
  async ask({ sql }, house) {
    const { count } = await sql`
      update station_places set held = held + 1
      where city_id = ${cityId} and station_id = ${house}::uuid and kind = 'general'
        and total - held - taken - blocked > 0`;
    return count === 0
      ? null
      : () => sql`
          update station_places set held = held - 1
          where city_id = ${cityId} and station_id = ${house}::uuid and kind = 'general'`;
  },
});

/** Counted from outside: who was told "yes" has a place until giving it back, whatever the book says. */
async function press(servers: Database[], ids: string[], side: Side): Promise<Asked> {
  const random = seededRandom(20_260_105);
  const having = new Map(ids.map((id) => [id, 0]));
  const asked: Asked = { perSecond: 0, had: 0, refused: 0, overbooked: 0 };
  let left = ATTEMPTS;
  const people = Array.from({ length: AT_ONCE }, async (_, index) => {
    const server = servers[index % servers.length]!;
    // A place is kept while the next is asked for, so that all are taken nearly all the time.
    let giveLastBack = async (): Promise<unknown> => undefined;
    while (left > 0) {
      left -= 1;
      const house = ids[Math.floor(random() * ids.length)]!;
      const giveBack = await side.ask(server, house);
      await giveLastBack();
      giveLastBack = async () => undefined;
      if (giveBack === null) {
        asked.refused += 1;
        continue;
      }
      asked.had += 1;
      having.set(house, having.get(house)! + 1);
      if (having.get(house)! > PLACES) asked.overbooked += 1;
      giveLastBack = () => {
        having.set(house, having.get(house)! - 1);
        return giveBack();
      };
    }
  });
  const began = performance.now();
  await Promise.all(people);
  asked.perSecond = ATTEMPTS / ((performance.now() - began) / 1000);
  return asked;
}
