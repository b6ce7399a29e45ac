/** Holds what the tablets kept against what the server has: each action once, its effect once. */
import type { Sql } from 'postgres';
import type { FieldAction } from '../../shared/field/schema.ts';
import type { Tablet } from './tablet.ts';

export interface Judged {
  /** kept on a tablet, and not at the server */
  lost: string[];
  /** at the server, and never kept on a tablet */
  unknown: string[];
  /** an effect that is missing, or there more than once */
  effects: string[];
  conflicts: number;
  overtaken: number;
  trackPoints: number;
}

interface Row {
  id: string;
  kind: FieldAction['kind'];
  result: 'applied' | 'overtaken' | 'conflict';
}

const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

/** Compares as bags: what is there twice is wrong, too. */
function differences(what: string, wanted: readonly string[], found: readonly string[]): string[] {
  const count = (ids: readonly string[]) => {
    const times = new Map<string, number>();
    for (const id of ids) times.set(id, (times.get(id) ?? 0) + 1);
    return times;
  };
  const [want, have] = [count(wanted), count(found)];
  return [...new Set([...wanted, ...found])].flatMap((id) => {
    const [w, h] = [want.get(id) ?? 0, have.get(id) ?? 0];
    return w === h ? [] : [`${what} ${id}: ${h} times, not ${w}`];
  });
}

export async function judge(sql: Sql, cityId: string, tablets: readonly Tablet[]): Promise<Judged> {
  const users = tablets.map(({ holder }) => holder.userId);
  const teams = tablets.flatMap(({ holder }) => (holder.teamId === null ? [] : [holder.teamId]));
  const kept = tablets.flatMap(({ kept: { items } }) => [...items.values()]);
  const rows = await sql<Row[]>`
    select id, kind, result from field_actions
    where city_id = ${cityId} and user_id = any(${users})`;
  const there = new Set(idsOf(rows));
  const noted = new Set(idsOf(kept));
  const acted = kept.filter(({ id }) => there.has(id)).map(({ payload }) => payload as FieldAction);
  const counted = await effectsOf(sql, cityId, { users, teams }, acted, rows);
  const points = await pointsOf(sql, cityId, tablets, there);
  return {
    lost: kept
      .filter(({ id, sure, refused }) => sure && refused === null && !there.has(id))
      .map(({ id, kind }) => `${kind} ${id}`),
    unknown: rows.filter(({ id }) => !noted.has(id)).map(({ id, kind }) => `${kind} ${id}`),
    effects: [...counted, ...points.wrong],
    conflicts: rows.filter(({ result }) => result === 'conflict').length,
    overtaken: rows.filter(({ result }) => result === 'overtaken').length,
    trackPoints: points.count,
  };
}

async function effectsOf(
  sql: Sql,
  cityId: string,
  { users, teams }: { users: string[]; teams: string[] },
  acted: readonly FieldAction[],
  rows: readonly Row[],
): Promise<string[]> {
  const of = <K extends FieldAction['kind']>(kind: K) =>
    acted.filter((action): action is Extract<FieldAction, { kind: K }> => action.kind === kind);
  const [reports, encounters, items, visits, shifts, alarms, edits] = await Promise.all([
    sql<{ id: string }[]>`
      select id from sightings where city_id = ${cityId} and reporter_id = any(${users})`,
    sql<{ id: string }[]>`
      select id from encounters where city_id = ${cityId} and recorded_by = any(${users})`,
    sql<{ id: string }[]>`
      select i.encounter_id || ' ' || i.quantity as id from encounter_items i
      join encounters e on e.city_id = i.city_id and e.id = i.encounter_id
      where e.city_id = ${cityId} and e.recorded_by = any(${users})`,
    sql<{ id: string }[]>`
      select id from visit_ledger where city_id = ${cityId} and how = 'recorded'
        and team_id = any(${teams})`,
    sql<{ id: string }[]>`
      select id from shifts where city_id = ${cityId} and team_id = any(${teams})`,
    sql<{ id: string }[]>`
      select id from alarms where city_id = ${cityId} and kind = 'sos' and team_id = any(${teams})`,
    sql<{ id: string }[]>`
      select sighting_id as id from sighting_history where city_id = ${cityId}
        and change = 'edited' and user_id = any(${users})`,
  ]);
  const applied = new Set(idsOf(rows.filter(({ result }) => result === 'applied')));
  return [
    ...differences(
      'report',
      of('sighting.report').map((a) => a.sighting.id),
      idsOf(reports),
    ),
    ...differences(
      'encounter',
      of('encounter.record').map((a) => a.encounter.id),
      idsOf(encounters),
    ),
    ...differences(
      'items of encounter',
      of('encounter.record').flatMap(({ encounter }) =>
        encounter.items.map(({ quantity }) => `${encounter.id} ${quantity}`),
      ),
      idsOf(items),
    ),
    ...differences(
      'visit',
      of('keyPoint.visit').map((a) => a.visit.id),
      idsOf(visits),
    ),
    ...differences(
      'shift',
      of('shift.start').map((a) => a.shift.id),
      idsOf(shifts),
    ),
    ...differences(
      'alarm',
      of('sos.raise').map((a) => a.sos.id),
      idsOf(alarms),
    ),
    ...differences(
      'edit of',
      of('sighting.edit').flatMap((a) => (applied.has(a.id) ? [a.sighting.id] : [])),
      idsOf(edits),
    ),
  ];
}

/** Points of a track are counted by team and moment: a batch may come in pieces, or twice. */
async function pointsOf(
  sql: Sql,
  cityId: string,
  tablets: readonly Tablet[],
  there: ReadonlySet<string>,
): Promise<{ count: number; wrong: string[] }> {
  let count = 0;
  const wrong: string[] = [];
  for (const { holder, kept } of tablets) {
    if (holder.teamId === null) continue;
    const rows = await sql<{ at: string }[]>`
      select at::text from track_points where city_id = ${cityId} and team_id = ${holder.teamId}`;
    const moments = new Set(rows.map(({ at }) => Date.parse(at)));
    count += moments.size;
    for (const { id, payload } of kept.items.values()) {
      const action = payload as FieldAction;
      if (action.kind !== 'track.points' || !there.has(id)) continue;
      for (const [at] of action.points)
        if (!moments.has(at)) wrong.push(`point of ${holder.username} at ${at}`);
    }
  }
  return { count, wrong };
}
