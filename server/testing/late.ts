/** A night that lies some hours back, and what devices tell of it now. */
import { v7 as uuidv7 } from 'uuid';
import type { DispatchView } from '../../shared/dispatch/schema.ts';
import type { FieldAction, FieldActionKind, FieldAnswer } from '../../shared/field/schema.ts';
import type { Position } from '../../shared/geo/position.ts';
import { readDispatchView } from '../dispatch/queries.ts';
import { submit } from '../field/actions.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import type { met } from './road.ts';
import { reportAt, send } from './road.ts';
import { place, seedCity } from './seed.ts';
import type { SeededCity } from './seed.ts';

export const hoursAgo = (hours: number): string =>
  new Date(Date.now() - hours * 3_600_000).toISOString();

type Of<K extends FieldActionKind> = Extract<FieldAction, { kind: K }>;
type Rest<K extends FieldActionKind> = Omit<Of<K>, 'kind' | 'id' | 'at'>;

/** An action as a device makes it. */
export const done = <K extends FieldActionKind>(kind: K, at: string, rest: Rest<K>): Of<K> =>
  ({ kind, id: uuidv7(), at, ...rest }) as unknown as Of<K>;

/** A city where, `hours` ago, somebody reported a person and the northern team was offered the place. */
export async function lateNight(
  db: Database,
  hours = 6,
  position: Position = place(0, 0),
): Promise<Night> {
  const city = await seedCity(db.sql);
  return { city, ...(await offered(db, city, hours, position)) };
}
export interface Night {
  city: SeededCity;
  clusterId: string;
  dispatch: DispatchView;
}

export async function offered(
  db: Database,
  city: SeededCity,
  hours: number,
  position: Position,
  team = city.north,
): Promise<Omit<Night, 'city'>> {
  const { cityId } = city;
  const clusterId = await reportAt(db, city, position);
  const at = hoursAgo(hours);
  await db.sql`
    update sightings set seen_at = ${at}::timestamptz, received_at = ${at}::timestamptz, progress_at = ${at}::timestamptz
    where city_id = ${cityId} and cluster_id = ${clusterId}`;
  const { id } = await send(db, city, clusterId, team);
  await db.sql`
    update dispatches set offered_at = ${at}::timestamptz where city_id = ${cityId} and id = ${id}`;
  return { clusterId, dispatch: (await readDispatchView(db.sql, cityId, id))! };
}

type Step = 'accept' | 'setOff' | 'arrive' | 'close';
/** One step of a visit, told now. */
export const tellStep = (
  db: Database,
  session: Session,
  step: Step,
  dispatchId: string,
  at: string,
): Promise<FieldAnswer> => submit(db, session, done(`dispatch.${step}`, at, { dispatchId }));

/** Accepted five hours ago, set off four, arrived three hours ago; all of it told now. */
export async function tellArrival(
  db: Database,
  session: Session,
  dispatchId: string,
): Promise<void> {
  await tellStep(db, session, 'accept', dispatchId, hoursAgo(5));
  await tellStep(db, session, 'setOff', dispatchId, hoursAgo(4));
  await tellStep(db, session, 'arrive', dispatchId, hoursAgo(3));
}

export const tellMet = (
  db: Database,
  session: Session,
  encounter: ReturnType<typeof met>,
): Promise<FieldAnswer> =>
  submit(db, session, done('encounter.record', encounter.metAt, { encounter }));

/** Milliseconds between two moments, the later first. */
export const apart = (later: string, earlier: string): number =>
  Date.parse(later) - Date.parse(earlier);
