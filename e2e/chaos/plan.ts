/** The script of one night, drawn from its seed alone: what each tablet does, and what goes wrong in between. */
import { Random } from '../../server/basemap/demo/random.ts';

export type Crew = 'reporter';
/** What can be done through the screens; a kind is drawn only for a crew whose driver knows it. */
export const actsOf = {
  reporter: ['report', 'edit', 'withdraw'],
} as const satisfies Record<Crew, readonly string[]>;
export type Act = (typeof actsOf)[Crew][number];

/** cut, join: the tablet's line. kill: its page dies. serverDies, serverComes: everybody's server. */
export type Trouble = 'cut' | 'join' | 'kill' | 'serverDies' | 'serverComes';
export type Beat =
  | { tablet: number; act: Act }
  | { tablet: number; trouble: Exclude<Trouble, 'serverDies' | 'serverComes'> }
  | { trouble: 'serverDies' | 'serverComes' };

export interface Plan {
  seed: number;
  crews: Crew[];
  beats: Beat[];
}

export interface PlanSize {
  tablets: number;
  /** over all tablets */
  acts: number;
}

const troubleChance = 0.25;

export function planNight(seed: number, { tablets, acts }: PlanSize): Plan {
  const random = new Random(seed);
  const crews = Array.from({ length: tablets }, (): Crew => 'reporter');
  const isCut = crews.map(() => false);
  let isServerUp = true;
  const beats: Beat[] = [];
  const trouble = (tablet: number): Beat => {
    const dice = random.next();
    if (dice < 0.4) return { tablet, trouble: 'kill' };
    if (dice < 0.85) {
      isCut[tablet] = !isCut[tablet];
      return { tablet, trouble: isCut[tablet] ? 'cut' : 'join' };
    }
    isServerUp = !isServerUp;
    return { trouble: isServerUp ? 'serverComes' : 'serverDies' };
  };
  for (let made = 0; made < acts;) {
    const tablet = Math.floor(random.next() * tablets);
    if (random.chance(troubleChance)) {
      beats.push(trouble(tablet));
      continue;
    }
    // More is begun than is changed or taken back.
    const act: Act = random.chance(0.6) ? 'report' : random.pick<Act>(['edit', 'withdraw']);
    beats.push({ tablet, act });
    made += 1;
  }
  return { seed, crews, beats };
}
