/** What each tablet is to do and what goes wrong meanwhile, drawn from the seed of the night alone. */
import { Random } from '../../server/basemap/demo/random.ts';

export type Crew = 'patrol' | 'reporter';

/** Each kind with its weight. What cannot be done just then is replaced by the next that can. */
const weights = {
  patrol: { step: 54, visit: 20, checkIn: 9, recheck: 7, shift: 4, decline: 3, sos: 3 },
  reporter: { report: 60, edit: 25, withdraw: 15 },
} as const;
export type PatrolAct = keyof (typeof weights)['patrol'];
export type ReportAct = keyof (typeof weights)['reporter'];
export type Act = PatrolAct | ReportAct;

/**
 * cut: no network, and the browser doesn't know. offline: it does. join: back. kill: the page dies when `afterMs` have
 * gone by since the act began. lose…: the next action's request or its answer never arrives.
 */
export type Trouble = 'cut' | 'offline' | 'join' | 'kill' | 'loseRequest' | 'loseAnswer';
export interface Beat {
  act: Act;
  /** before the act, except a kill */
  trouble: Trouble | null;
  afterMs: number;
}

export interface PlanSize {
  tablets: number;
  /** over all tablets */
  acts: number;
}

const troubleChance = 0.27;
/** The night goes on until enough was done: an act that a kill forestalls is followed by one more. */
const spare = 4;

function drawAct(crew: Crew, random: Random): Act {
  const entries = Object.entries(weights[crew]) as [Act, number][];
  let left = random.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [act, weight] of entries) {
    left -= weight;
    if (left < 0) return act;
  }
  return entries[0]![0];
}

function drawTablet(crew: Crew, random: Random, count: number): Beat[] {
  let connected = true;
  return Array.from({ length: count }, () => {
    const act = drawAct(crew, random);
    const afterMs = Math.round(random.between(0, 700));
    let trouble: Trouble | null = null;
    // Nobody stays cut off for the whole night.
    if (random.chance(connected ? troubleChance : 0.35)) {
      const dice = random.next();
      if (dice < 0.3) trouble = 'kill';
      else if (!connected) trouble = 'join';
      else if (dice < 0.5) trouble = 'cut';
      else if (dice < 0.65) trouble = 'offline';
      else trouble = random.chance(0.6) ? 'loseAnswer' : 'loseRequest';
      if (trouble === 'join') connected = true;
      if (trouble === 'cut' || trouble === 'offline') connected = false;
    }
    return { act, trouble, afterMs };
  });
}

export interface Plan {
  seed: number;
  acts: number;
  crews: Crew[];
  /** one list per tablet */
  beats: Beat[][];
  /** the server is killed when so many acts were done, and comes back so many ms later */
  deaths: { atAct: number; forMs: number }[];
}

export function planNight(seed: number, { tablets, acts }: PlanSize): Plan {
  const random = new Random(seed * 7919);
  const crews = Array.from({ length: tablets }, (_, index): Crew =>
    index < Math.round(tablets * 0.6) ? 'patrol' : 'reporter',
  );
  const each = Math.ceil(acts / tablets) * spare;
  const beats = crews.map((crew, index) =>
    drawTablet(crew, new Random(seed * 7919 + index + 1), each),
  );
  const deathCount = Math.max(1, Math.round(acts / 70));
  const stretch = acts / deathCount;
  const deaths = Array.from({ length: deathCount }, (_, index) => ({
    atAct: Math.round(stretch * (index + random.between(0.2, 0.9))),
    forMs: Math.round(random.between(0, 3_000)),
  }));
  return { seed, acts, crews, beats, deaths };
}
