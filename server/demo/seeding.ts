/** What the parts of a demo city are set up with. */
import type { StreetsFile } from '../../shared/basemap/schema.ts';
import type { CityView } from '../../shared/cities/schema.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import type { Dice } from './dice.ts';
import type { KeyPlace } from './people.ts';
import type { SeedWords } from './seeded-names.ts';

export interface Seeding {
  db: Database;
  city: Omit<CityView, 'basemap'>;
  places: KeyPlace[];
  streets: StreetsFile | null;
  dice: Dice;
  seed: number;
}

export interface Hand extends Seeding {
  session: Session;
  words: SeedWords;
  /** The same thing has the same id on every run with this seed: seeding twice changes nothing. */
  idOf(thing: string): string;
}
