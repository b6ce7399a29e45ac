/** Cold nights in force and past, for whoever asks. */
import type { ColdSpan } from '../../shared/key-points/due.ts';
import type {
  ActivationView,
  NightDraft,
  ProposalView,
  ResponseLevel,
  RuleReason,
} from '../../shared/response/schema.ts';
import type { LevelEffects } from '../../shared/response/settings.ts';
import type { Db } from '../kernel/sql.ts';

/** What a person declared that a night stands on: no rule goes below it before that time; null = never. */
export interface Floor {
  level: ResponseLevel;
  untilAt: string | null;
}
export type Activation = ActivationView & {
  floorLevel: ResponseLevel | null;
  floorUntil: string | null;
};

const columns = (db: Db) => db`
  a.id, a.level, a.temperature_celsius as "temperatureCelsius", a.wind_kmh as "windKmh",
  a.felt_celsius as "feltCelsius", a.note, a.drill, a.reasons, a.declared_at as "declaredAt", a.by_rule as "byRule",
  a.until_at as "untilAt", a.ended_at as "endedAt", a.proposal_id as "proposalId",
  (select e.effects from activation_effects e where e.city_id = a.city_id and e.activation_id = a.id
   order by e.from_at desc limit 1) as effects`;

/** The cold night in force, a drill too; null on a night that isn't one. */
export async function readActivationInForce(
  db: Db,
  cityId: string,
): Promise<ActivationView | null> {
  const [activation] = await db<ActivationView[]>`
    select ${columns(db)} from activations a where a.city_id = ${cityId} and a.ended_at is null`;
  return activation ?? null;
}

/** The same with what only the rules need. */
export async function readWithFloor(db: Db, cityId: string): Promise<Activation | null> {
  const [activation] = await db<Activation[]>`
    select ${columns(db)}, a.floor_level as "floorLevel", a.floor_until as "floorUntil"
    from activations a where a.city_id = ${cityId} and a.ended_at is null`;
  return activation ?? null;
}

export interface NewActivation extends NightDraft {
  id: string;
  feltCelsius: number;
  reasons: RuleReason[];
  /** null: a rule */
  by: string | null;
  at: string;
  floor: Floor | null;
  effects: LevelEffects;
}
export async function insertActivation(
  db: Db,
  cityId: string,
  night: NewActivation,
): Promise<ActivationView> {
  await db`
    insert into activations (city_id, id, level, temperature_celsius, wind_kmh, felt_celsius, note, drill, reasons,
      by_rule, until_at, proposal_id, declared_by, declared_at, floor_level, floor_until)
    values (${cityId}, ${night.id}::uuid, ${night.level}::response_level, ${night.temperatureCelsius}::real,
      ${night.windKmh}::real, ${night.feltCelsius}::real, ${night.note}, ${night.drill},
      ${db.json(night.reasons)}, ${night.by === null}, ${night.untilAt}::timestamptz,
      ${night.proposalId}::uuid, ${night.by}::uuid, ${night.at}::timestamptz,
      ${night.floor?.level ?? null}::response_level, ${night.floor?.untilAt ?? null}::timestamptz)`;
  await upsertEffects(db, cityId, { activationId: night.id, at: night.at, effects: night.effects });
  return (await readActivationInForce(db, cityId))!;
}

/** What the night changes from then on. */
export async function upsertEffects(
  db: Db,
  cityId: string,
  { activationId, at, effects }: { activationId: string; at: string; effects: LevelEffects },
): Promise<void> {
  await db`
    insert into activation_effects (city_id, activation_id, from_at, effects)
    values (${cityId}, ${activationId}::uuid, ${at}::timestamptz, ${db.json(effects)})
    on conflict (city_id, activation_id, from_at) do update set effects = excluded.effects`;
}

/** Ends the one in force and returns it as it ended; null when there is none. */
export async function endActivationInForce(
  db: Db,
  cityId: string,
  by: string | null,
  at: string,
): Promise<ActivationView | null> {
  const [activation] = await db<ActivationView[]>`
    update activations a
    set ended_at = ${at}::timestamptz, ended_by = ${by}::uuid, ended_by_rule = ${by === null}
    where a.city_id = ${cityId} and a.ended_at is null
    returning ${columns(db)}`;
  return activation ?? null;
}

/**
 * When cold nights were in force within the period, in order, in milliseconds since 1970 (Infinity: it still is), cut
 * where what they change was set anew. A drill was no cold night.
 */
export async function readColdSpans(
  db: Db,
  cityId: string,
  { from, to }: { from: string; to: string },
): Promise<ColdSpan[]> {
  const rows = await db<{ start: string; end: string | null; factor: number }[]>`
    select coalesce(e.from_at, a.declared_at) as start,
      coalesce(lead(e.from_at) over (partition by a.id order by e.from_at), a.ended_at) as end,
      coalesce((e.effects ->> 'keyPointFactor')::float8, 1) as factor
    from activations a
    left join activation_effects e on e.city_id = a.city_id and e.activation_id = a.id
    where a.city_id = ${cityId} and not a.drill and a.declared_at < ${to}::timestamptz
      and (a.ended_at is null or a.ended_at > ${from}::timestamptz)
    order by start, a.id`;
  return rows.map(({ start, end, factor }) => ({
    start: Date.parse(start),
    end: end === null ? Infinity : Date.parse(end),
    factor,
  }));
}

export const proposalColumns = (db: Db) => db`
  id, kind, level, reasons, from_at as "fromAt", until_at as "untilAt", temperature_celsius as "temperatureCelsius",
  wind_kmh as "windKmh", felt_celsius as "feltCelsius", hours_missing as "hoursMissing", made_at as "madeAt", state`;

/** What the rules ask for, that nobody has decided on yet. */
export async function readOpenProposalView(db: Db, cityId: string): Promise<ProposalView | null> {
  const [proposal] = await db<ProposalView[]>`
    select ${proposalColumns(db)} from response_proposals where city_id = ${cityId} and state = 'open'`;
  return proposal ?? null;
}

/** Whether another weather was told after that event. */
export async function hasWeatherAfter(db: Db, cityId: string, seq: number): Promise<boolean> {
  const rows = await db`
    select 1 from events where city_id = ${cityId} and seq > ${seq} and kind = 'weather.changed' limit 1`;
  return rows.length > 0;
}
