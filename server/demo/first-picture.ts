/** Brings the board to life at once: what was reported in the past hours, who has been helped, who is on the way. */
import type { Crew } from './crew.ts';
import type { Desk } from './desk.ts';
import type { DutyOfficer } from './duty.ts';
import { findingsAt } from './outcomes.ts';
import type { House } from './house.ts';
import type { Quartermaster } from './quartermaster.ts';
import type { PassersBy } from './passers-by.ts';
import { reportsExpected } from './passers-by.ts';
import type { World } from './world.ts';

/** A board with fewer live reports than this is filled up. */
const livelyReports = 24;
const waitingPlaces = 20;
const visitedPlaces = 6;
const oldestMinutes = 170;
const parallel = 6;

export interface Company {
  passersBy: PassersBy;
  desk: Desk;
  duty: DutyOfficer;
  quartermaster: Quartermaster;
  houses: readonly House[];
  crews: ReadonlyMap<string, Crew>;
}

export async function paintFirstPicture(world: World, company: Company): Promise<void> {
  await inParallel([...company.crews.values()], (crew) => crew.vehicle.report(true));
  if (world.mirror.sightings.size >= livelyReports) return;
  await visitedBefore(world, company);
  await reportedBefore(world, company);
  await onTheWayNow(world, company);
}

/** Places of the past hours that a team has been to. */
async function visitedBefore(world: World, { passersBy, desk, crews }: Company): Promise<void> {
  for (let visit = 0; visit < visitedPlaces; visit++) {
    const spot = passersBy.newSpot();
    if (!spot) return;
    const minutesAgo = 14 + visit * 24;
    await passersBy.report(spot, (minutesAgo + world.dice.between(8, 25)) * 60);
    const cluster = await waitFor(() => world.clusterNear(spot.position, 90));
    const sent = cluster && (await desk.send(cluster.id));
    const crew = sent && crews.get(sent.teamId);
    if (!sent || !crew) continue;
    await crew.accept(sent);
    await crew.setOff(sent);
    crew.vehicle.position = spot.position;
    await crew.arrive(sent);
    const findings = findingsAt(world.dice, { ...spot, reportsByKind: { courier: 1 } });
    // Somebody is on the way to a house with the last of them.
    if (visit === 0) findings[0] = { outcome: 'escorted', flags: findings[0]!.flags, items: [] };
    const metAt = new Date(Date.now() - minutesAgo * 60_000).toISOString();
    for (const finding of findings)
      await crew.record(finding, { dispatchId: sent.id, recheckId: null }, metAt);
    await crew.close(sent);
    await waitFor(() => (world.mirror.dispatches.has(sent.id) ? undefined : true));
  }
}

/** Places that wait, each reported by as many people as came by. */
async function reportedBefore(world: World, { passersBy }: Company): Promise<void> {
  const reports: (() => Promise<void>)[] = [];
  for (let place = 0; place < waitingPlaces; place++) {
    const spot = passersBy.newSpot();
    if (!spot) break;
    const firstSeen = Math.min(oldestMinutes, 4 + world.dice.waiting(35));
    const times = reportsExpected(world.dice.next());
    for (let time = 0; time < times; time++) {
      const age = time === 0 ? firstSeen : world.dice.between(1, firstSeen);
      reports.push(() => passersBy.report(spot, age * 60));
    }
  }
  await inParallel(reports, (report) => report());
}

/** One team has just been offered a place, one is driving, one is there. */
async function onTheWayNow(world: World, { desk, crews }: Company): Promise<void> {
  await waitFor(() => (world.mirror.clusters.size >= 3 ? true : undefined));
  const places = [...world.mirror.clusters.values()].filter(
    (cluster) => !world.isOnTheWayTo(cluster.id),
  );
  for (const [index, stage] of (
    ['on_scene', 'en_route', 'en_route', 'offered'] as const
  ).entries()) {
    const cluster = places[index * 2];
    const sent = cluster && (await desk.send(cluster.id));
    const crew = sent && crews.get(sent.teamId);
    if (!cluster || !sent || !crew) continue;
    if (index !== 1) await desk.keepPlaceFor(sent.id, cluster, 18 + 6 * index);
    if (stage === 'offered') continue;
    await crew.accept(sent);
    await crew.setOff(sent);
    if (stage === 'en_route') crew.vehicle.driveTo(cluster, 0.25 * index);
    else {
      crew.vehicle.position = { lon: cluster.lon, lat: cluster.lat };
      await crew.arrive(sent);
    }
    await crew.vehicle.report(true);
    await waitFor(() => world.activeDispatchOfTeam(crew.teamId));
  }
}

/** What the mirror will hold in a moment; undefined when it doesn't come. */
async function waitFor<T>(look: () => T | undefined): Promise<T | undefined> {
  for (let attempt = 0; attempt < 60; attempt++) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return undefined;
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const hands = Array.from({ length: parallel }, async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  });
  await Promise.all(hands);
}
