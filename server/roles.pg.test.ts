import { TRPCError } from '@trpc/server';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../shared/accounts/schema.ts';
import { AppError } from '../shared/errors.ts';
import type { ProcedureMeta } from './kernel/trpc.ts';
import { appRouter } from './router.ts';
import { testDatabase } from './testing/database.ts';
import { contextOf, seedCity } from './testing/seed.ts';
import type { SeededCity } from './testing/seed.ts';

/** The letters of the table below, in its order. */
const letters = {
  P: 'public',
  R: 'reporter',
  T: 'patrol',
  D: 'dispatcher',
  S: 'station_manager',
  A: 'administrator',
  U: 'auditor',
} as const satisfies Record<string, Caller>;
const everyone = 'PRTDSAU';
const signedIn = 'RTDSAU';
const staff = 'TDSAU';
const field = 'TDSA';
const desk = 'DSA';

/** Who may call what: the one place where it is written down. P stands for nobody signed in. */
const table: Record<string, string> = {
  'accounts.login': everyone,
  'accounts.logout': signedIn,
  'accounts.me': everyone,
  'accounts.setupAdministrator': everyone,
  'accounts.enterDemo': everyone,
  'accounts.listUsers': 'AU',
  'accounts.createUser': 'A',
  'accounts.changeUser': 'A',
  'accounts.setPassword': 'A',
  'accounts.changeOwnPassword': signedIn,
  'accounts.readAudit': 'AU',
  'accounts.createEnrolment': 'A',
  'accounts.listEnrolments': 'A',
  'accounts.revokeEnrolment': 'A',
  'accounts.listEnrolledDevices': 'A',
  'accounts.revokeDevice': 'A',
  'accounts.readEnrolment': everyone,
  'accounts.enrol': everyone,
  'cities.list': everyone,
  'cities.read': everyone,
  'cities.readSettings': staff,
  'cities.changeSettings': 'A',
  'clusters.read': staff,
  'clusters.splitOff': desk,
  'clusters.pullIn': desk,
  'clusters.undoPlacement': desk,
  'crew.acknowledge': desk,
  'crew.end': desk,
  'depots.save': 'A',
  'depots.remove': 'A',
  'dispatch.candidates': desk,
  'dispatch.send': desk,
  'dispatch.accept': field,
  'dispatch.decline': field,
  'dispatch.setOff': field,
  'dispatch.arrive': field,
  'dispatch.close': field,
  'dispatch.cancel': desk,
  'dispatch.recordEncounter': field,
  'dispatch.readEncounters': staff,
  'field.submit': 'RTDSA',
  'field.settle': desk,
  'field.readDetails': desk,
  'keyPoints.save': 'DA',
  'keyPoints.remove': 'DA',
  'keyPoints.import': 'DA',
  'keyPoints.candidates': 'DA',
  'keyPoints.ledger': 'DSAU',
  'keyPoints.verify': 'DSAU',
  'media.list': everyone,
  'media.address': everyone,
  'media.remove': 'RTDSA',
  'patrols.saveTeam': 'A',
  'patrols.removeTeam': 'A',
  'patrols.setDuty': field,
  'patrols.setTeamDuty': field,
  'patrols.saveArea': 'DA',
  'patrols.removeArea': 'DA',
  'patrols.reportPosition': 'T',
  'planning.read': 'DSAU',
  'planning.task': field,
  'planning.accept': desk,
  'planning.tryMove': desk,
  'planning.move': desk,
  'planning.unpin': desk,
  'planning.dismiss': desk,
  'planning.readSettings': 'A',
  'planning.saveSettings': 'A',
  'roads.close': desk,
  'roads.open': desk,
  'roads.listClosures': desk,
  'roads.route': field,
  'roads.isochrones': desk,
  'shifts.start': desk,
  'shifts.end': desk,
  'shifts.checkIn': desk,
  'shifts.read': staff,
  'shifts.totals': 'DSAU',
  'sightings.report': 'RTDSA',
  'sightings.edit': 'RTDSA',
  'sightings.withdraw': 'RTDSA',
  'sightings.markDuplicate': desk,
  'sightings.close': desk,
  'sightings.read': staff,
  'sightings.history': 'DSAU',
  'sightings.mine': 'RTDSA',
  'snapshots.read': signedIn,
  'stations.save': 'A',
  'stations.remove': 'A',
  'stations.setFreeBeds': desk,
  'stations.hold': desk,
  'stations.moveHold': desk,
  'stations.releaseHold': desk,
  'stations.checkIn': 'SA',
  'stations.checkOut': 'SA',
  'stations.stays': desk,
  'stations.saturation': desk,
  'stations.decideShelter': desk,
  'streets.describe': everyone,
  'supplies.record': field,
  'supplies.movements': field,
  'supplies.forecast': field,
  'supplies.loadingLists': desk,
  'tips.report': everyone,
  'tips.track': everyone,
  'tips.places': everyone,
  'trackers.list': desk,
  'trackers.save': 'A',
  'trackers.revoke': 'A',
  'tracks.coverage': staff,
  'tracks.coveredStreets': staff,
  'tracks.track': staff,
  'vehicles.save': 'A',
  'vehicles.remove': 'A',
  'vehicles.setState': field,
  'response.declare': desk,
  'response.end': desk,
  'response.dismiss': desk,
  'response.history': 'DSAU',
  'response.readSettings': 'DSAU',
  'response.saveSettings': 'A',
  'weather.read': staff,
  'weather.saveSource': 'A',
  'weather.removeSource': 'A',
  'weather.tryNow': 'A',
  'weather.typeHours': desk,
  'zones.save': desk,
  'zones.remove': desk,
};

interface AnyProcedure {
  _def: { meta?: ProcedureMeta };
}
const procedures = appRouter._def.procedures as unknown as Record<string, AnyProcedure>;
const paths = Object.keys(procedures).sort();
const test = testDatabase();
let city: SeededCity;
beforeAll(async () => {
  city = await seedCity(test.sql);
});

type Letter = keyof typeof letters;
const rowsOf = (path: string) =>
  (Object.keys(letters) as Letter[]).map((letter) => ({
    letter,
    caller: letters[letter],
    allowed: table[path]?.includes(letter) ?? false,
  }));

/** What the door says to this caller: an input that nothing accepts keeps the procedure itself from running. */
async function doorSays(path: string, caller: Caller): Promise<string> {
  const session = caller === 'public' ? null : city.people[caller];
  const root = appRouter.createCaller(contextOf(test.db, session));
  const [domain, name] = path.split('.') as [string, string];
  const call = (
    root as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>
  )[domain]![name]!;
  try {
    await call(Symbol.for('no input'));
    return 'let in';
  } catch (error) {
    const cause = error instanceof TRPCError ? error.cause : error;
    const refused =
      cause instanceof AppError && ['not_signed_in', 'not_allowed'].includes(cause.code);
    return refused ? cause.code : 'let in';
  }
}

describe('every procedure', () => {
  it('is in the table, and the table names no other', () => {
    expect(paths).toEqual(Object.keys(table).sort());
    expect(paths.length).toBeGreaterThan(40);
  });

  it.each(paths)('%s names its roles as the table does', (path) => {
    const stated = new Set<Caller>(procedures[path]!._def.meta!.roles);
    for (const { caller, allowed } of rowsOf(path)) {
      expect(stated.has('public') || stated.has(caller), caller).toBe(allowed);
    }
  });

  it.each(paths)('%s lets in exactly those of the table', async (path) => {
    for (const { caller, allowed } of rowsOf(path)) {
      const refusal = caller === 'public' ? 'not_signed_in' : 'not_allowed';
      expect([caller, await doorSays(path, caller)]).toEqual([
        caller,
        allowed ? 'let in' : refusal,
      ]);
    }
  });
});

describe('people of one city', () => {
  it('find nothing of another city, whatever they ask for by id', async () => {
    const other = await seedCity(test.sql);
    const stranger = appRouter.createCaller(contextOf(test.db, other.people.administrator));
    const asked = [
      () => stranger.patrols.removeTeam({ id: city.north.id }),
      () => stranger.stations.remove({ id: city.station.id }),
      () => stranger.patrols.setDuty({ teamId: city.north.id, onDuty: false }),
      () =>
        stranger.accounts.setPassword({
          userId: city.people.auditor.userId,
          password: 'long enough now',
        }),
    ];
    for (const ask of asked) {
      await expect(ask()).rejects.toMatchObject({ cause: { code: 'not_found' } });
    }
    expect(await stranger.accounts.listUsers()).toHaveLength(7);
  });
});
