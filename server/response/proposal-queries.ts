import type { ProposalKind, ProposalView, ResponseLevel } from '../../shared/response/schema.ts';
import type { Db } from '../kernel/sql.ts';
import { proposalColumns } from './queries.ts';

export type Proposal = ProposalView & {
  /** the local day of the noon before it */
  night: string;
  /** made of what was older than it should be */
  stale: boolean;
};
export type NewProposal = Omit<Proposal, 'state' | 'madeAt'>;

const columns = (db: Db) => db`${proposalColumns(db)}, night::text as night, stale`;

export async function readOpenProposal(db: Db, cityId: string): Promise<Proposal | null> {
  const [proposal] = await db<Proposal[]>`
    select ${columns(db)} from response_proposals where city_id = ${cityId} and state = 'open'`;
  return proposal ?? null;
}

export async function findProposal(db: Db, cityId: string, id: string): Promise<Proposal | null> {
  const [proposal] = await db<Proposal[]>`
    select ${columns(db)} from response_proposals where city_id = ${cityId} and id = ${id}::uuid`;
  return proposal ?? null;
}

export async function insertProposal(
  db: Db,
  cityId: string,
  proposal: NewProposal,
  at: string,
): Promise<void> {
  await db`
    insert into response_proposals (city_id, id, kind, level, reasons, from_at, until_at, night, temperature_celsius,
      wind_kmh, felt_celsius, hours_missing, stale, made_at)
    values (${cityId}, ${proposal.id}::uuid, ${proposal.kind}::proposal_kind, ${proposal.level}::response_level,
      ${db.json(proposal.reasons)}, ${proposal.fromAt}::timestamptz, ${proposal.untilAt}::timestamptz,
      ${proposal.night}::date, ${proposal.temperatureCelsius}::real, ${proposal.windKmh}::real,
      ${proposal.feltCelsius}::real, ${proposal.hoursMissing}::int, ${proposal.stale}, ${at}::timestamptz)`;
}

/** The open one is over, and answered as it is then; null when none is open. */
export async function closeOpenProposal(
  db: Db,
  cityId: string,
  close: { state: Exclude<ProposalView['state'], 'open'>; by: string | null; at: string },
): Promise<ProposalView | null> {
  const [proposal] = await db<ProposalView[]>`
    update response_proposals
    set state = ${close.state}::proposal_state, closed_by = ${close.by}::uuid, closed_at = ${close.at}::timestamptz
    where city_id = ${cityId} and state = 'open'
    returning ${proposalColumns(db)}`;
  return proposal ?? null;
}

/** What somebody decided against about one night. */
export interface DecidedAgainst {
  kind: ProposalKind;
  level: ResponseLevel | null;
  feltCelsius: number | null;
}
export async function readDismissed(
  db: Db,
  cityId: string,
  night: string,
): Promise<DecidedAgainst[]> {
  return await db<DecidedAgainst[]>`
    select kind, level, felt_celsius as "feltCelsius" from response_proposals
    where city_id = ${cityId} and night = ${night}::date and state = 'dismissed'`;
}
