/**
 * The four weeks before a demo begins: who stayed where, who told of it, and what teams found. A few dozen people have
 * their places and hours and are there on some nights and not on others; the rest is chance.
 */
import type { Outcome } from '../../shared/dispatch/schema.ts';
import type { Position } from '../../shared/geo/position.ts';
import type { ReporterKind, VulnerableFlag } from '../../shared/sightings/schema.ts';
import type { Dice } from './dice.ts';
import { findingsAt } from './outcomes.ts';
import { reportsExpected } from './passers-by.ts';
import { pickPlace, settleSpot } from './people.ts';
import type { KeyPlace, Spot } from './people.ts';
import { metersBetween, offsetBy } from './plane.ts';

export const pastNights = 28;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export interface PastReport {
  position: Position;
  atMs: number;
  headcount: number;
  kind: ReporterKind;
}
/** What was told of one place in one night, and who was met there. */
export interface PastGathering {
  spot: Spot;
  reports: PastReport[];
  /** null: no team came */
  visit: {
    atMs: number;
    team: number;
    met: { outcome: Outcome; flags: VulnerableFlag[] }[];
  } | null;
}
/** Somebody looked at a key point. */
export interface PastLook {
  place: number;
  atMs: number;
  team: number;
  somebody: boolean;
}

/** Where somebody is used to spending the night. */
interface Haunt {
  spot: Spot;
  /** of a night, to be there */
  likely: number;
  /** hours after midnight */
  usualHour: number;
  /** many pass here and tell of it, whether or not the person is still there */
  busy: boolean;
}

export interface PastOptions {
  dice: Dice;
  places: readonly KeyPlace[];
  teams: number;
  /** the midnight of the night that is going on, or ahead */
  midnightMs: number;
}

const hauntsKept = 22;
const apartMeters = 260;
const straysPerNight = 3;
/** More people pass on the evenings of Friday and Saturday. */
const weekendMore = 1.25;
/** Of the nights on which nobody was there, how many somebody told of nevertheless. */
const toldInVain = 0.2;
const tellers: readonly (readonly [ReporterKind, number])[] = [
  ['sanitation', 24],
  ['courier', 30],
  ['taxi', 10],
  ['volunteer', 8],
  ['grid_worker', 8],
  ['hotline', 6],
  ['public', 14],
];

export function makePastGatherings(options: PastOptions): PastGathering[] {
  const haunts = hauntsIn(options);
  const gatherings: PastGathering[] = [];
  for (let night = pastNights; night >= 1; night--) {
    const midnightMs = options.midnightMs - night * dayMs;
    for (const haunt of haunts) {
      const one = gatherAt(haunt, midnightMs, options);
      if (one) gatherings.push(one);
    }
    for (let stray = 0; stray < straysPerNight; stray++)
      gatherings.push(strayAt(midnightMs, options));
  }
  return gatherings;
}

function hauntsIn({ dice, places }: PastOptions): Haunt[] {
  const haunts: Haunt[] = [];
  for (let attempt = 0; attempt < hauntsKept * 8 && haunts.length < hauntsKept; attempt++) {
    const spot = settleSpot(dice, pickPlace(dice, places));
    if (haunts.some((other) => metersBetween(other.spot.position, spot.position) < apartMeters))
      continue;
    haunts.push({
      spot: { ...spot, flags: spot.flags.filter((flag) => flag !== 'unresponsive') },
      likely: dice.between(0.2, 0.85),
      usualHour: dice.between(-1.5, 3),
      busy: spot.kind === 'station' && dice.chance(0.6),
    });
  }
  return haunts;
}

function gatherAt(haunt: Haunt, midnightMs: number, options: PastOptions): PastGathering | null {
  const { dice } = options;
  const { spot, busy } = haunt;
  const weekday = new Date(midnightMs - 12 * hourMs).getUTCDay();
  const more = weekday >= 5 ? weekendMore : 1;
  const there = dice.chance(Math.min(0.95, haunt.likely * (busy ? 0.5 : 1) * more));
  // Of who is gone somebody may tell all the same.
  if (!there && !dice.chance(busy ? 0.9 : toldInVain)) return null;
  const firstMs = midnightMs + (haunt.usualHour + dice.gaussian(0.7)) * hourMs;
  const told = (there ? reportsExpected(dice.next()) : 1) + (busy ? dice.whole(2, 5) : 0);
  const comes = !there || dice.chance(0.8);
  return {
    spot,
    reports: reportsOf(spot, firstMs, told, dice),
    visit: comes ? visitAt(spot, firstMs, there, options) : null,
  };
}

function strayAt(midnightMs: number, options: PastOptions): PastGathering {
  const { dice, places } = options;
  const spot = settleSpot(dice, pickPlace(dice, places));
  const firstMs = midnightMs + dice.between(-3, 5) * hourMs;
  const there = dice.chance(0.7);
  return {
    spot,
    reports: reportsOf(spot, firstMs, dice.whole(1, 2), dice),
    visit: visitAt(spot, firstMs, there, options),
  };
}

const reportsOf = (spot: Spot, firstMs: number, count: number, dice: Dice): PastReport[] =>
  Array.from({ length: count }, (_, index) => ({
    position: offsetBy(spot.position, dice.gaussian(14), dice.gaussian(14)),
    atMs: firstMs + (index === 0 ? 0 : dice.between(0, 80) * 60_000),
    headcount: spot.headcount,
    kind: dice.weighted(tellers),
  }));

function visitAt(
  spot: Spot,
  firstMs: number,
  there: boolean,
  { dice, teams }: PastOptions,
): PastGathering['visit'] {
  const atMs = firstMs + dice.between(25, 100) * 60_000;
  const team = dice.whole(0, teams - 1);
  if (!there) return { atMs, team, met: [{ outcome: 'not_found', flags: [] }] };
  const met = findingsAt(dice, { ...spot, reportsByKind: { courier: 1 } });
  return { atMs, team, met: met.map(({ outcome, flags }) => ({ outcome, flags })) };
}

/** Rounds by the key points: each is seen in most nights, and somebody is met there when somebody is near. */
export function makePastLooks(
  keyPoints: readonly Position[],
  gatherings: readonly PastGathering[],
  { dice, teams, midnightMs }: PastOptions,
): PastLook[] {
  const looks: PastLook[] = [];
  for (let night = pastNights; night >= 1; night--) {
    const nightMs = midnightMs - night * dayMs;
    const tonight = gatherings.filter(
      ({ visit }) =>
        visit?.met[0]?.outcome !== 'not_found' &&
        Math.abs((visit?.atMs ?? 0) - nightMs) < dayMs / 2,
    );
    for (const [place, position] of keyPoints.entries()) {
      if (!dice.chance(0.6)) continue;
      const somebody = tonight.some(({ spot }) => metersBetween(spot.position, position) < 80);
      const atMs = nightMs + dice.between(-3.5, 5) * hourMs;
      looks.push({ place, atMs, team: dice.whole(0, teams - 1), somebody });
    }
  }
  return looks.sort((a, b) => a.atMs - b.atMs);
}
