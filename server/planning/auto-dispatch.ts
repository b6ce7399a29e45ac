/**
 * Sending without a person's yes: only where an administrator has switched it on, only from the level they chose, in
 * their name, with a record. What somebody has called off is left to people.
 */
import { v7 as uuidv7 } from 'uuid';
import type { PlanningSettings, PlanView } from '../../shared/planning/schema.ts';
import { isReal } from '../../shared/response/rules.ts';
import { responseLevels } from '../../shared/response/schema.ts';
import type { ResponseLevel } from '../../shared/response/schema.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { readActivationInForce } from '../response/queries.ts';
import { acceptStop } from './accept.ts';
import type { NightFacts } from './facts.ts';
import { readAutoBy, readCalledOff } from './queries.ts';
import { isVisit } from './tasks.ts';
import type { Visit } from './tasks.ts';

/** The first thing of each team that is bound to nothing. */
export async function sendByItself(
  db: Database,
  cityId: string,
  facts: Pick<NightFacts, 'settings' | 'activation'>,
  view: PlanView,
): Promise<number> {
  const level = isReal(facts.activation) ? facts.activation.level : null;
  if (level === null || !isFrom(facts.settings.planning.autoDispatch, level)) return 0;
  const proposals = firstProposals(view);
  if (proposals.length === 0) return 0;
  const by = await readAutoBy(db.sql, cityId);
  if (by === null) return 0;
  const session: Session = {
    cityId,
    userId: by.userId,
    role: 'administrator',
    reporterKind: null,
    teamId: null,
    stationId: null,
    displayName: by.name,
  };
  const calledOff = await readCalledOff(db.sql, cityId);
  let sent = 0;
  for (const { teamId, stop } of proposals) {
    if (calledOff.has(stop.jobId)) continue;
    // The night may have ended since the plan was begun.
    const now = await readActivationInForce(db.sql, cityId);
    if (!isReal(now) || !isFrom(facts.settings.planning.autoDispatch, now.level)) break;
    const wanted = { jobId: stop.jobId, teamId, dispatchId: uuidv7() };
    const { refused } = await acceptStop(db, session, view, wanted, { automatic: level });
    if (refused === null) sent += 1;
  }
  return sent;
}

const isFrom = (from: PlanningSettings['autoDispatch'], level: ResponseLevel): boolean =>
  from !== 'off' && responseLevels.indexOf(level) >= responseLevels.indexOf(from);

function firstProposals(view: PlanView): { teamId: string; stop: Visit }[] {
  return view.lanes.flatMap(({ teamId, stops }) => {
    const first = stops.find(({ kind }) => kind !== 'break');
    return first && isVisit(first) && first.state === 'proposed' && isDue(first, view)
      ? [{ teamId, stop: first }]
      : [];
  });
}

/** A team isn't bound to a visit that it would have to wait for. */
const isDue = (stop: Visit, { madeAt }: PlanView): boolean =>
  Date.parse(stop.arriveAt) - Date.parse(madeAt) <= stop.wayMinutes * 60_000 + soonMs;
const soonMs = 5 * 60_000;
