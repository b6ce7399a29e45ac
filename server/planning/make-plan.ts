/** One plan for one night: by the solver the city has chosen, and by ours where that one has no answer. */
import type { Night } from '../../shared/planning/night.ts';
import type { Plan } from '../../shared/planning/plan.ts';
import type { Log } from '../kernel/log.ts';
import type { PlanningThread } from './planning-thread.ts';
import type { MadePlan, Question } from './thread-messages.ts';
import type { VroomPeer } from './vroom-server.ts';

export interface PlanMakers {
  log: Log;
  thread: Pick<PlanningThread, 'ask'>;
  peer: VroomPeer;
}
interface Wanted {
  night: Night;
  previous: Plan | null;
  /** with time to look about, not only mended */
  lookOver: boolean;
  budgetMs: number;
  revision: number;
}

/** The night is handed over to the thread and is not to be used afterwards. @throws ThreadLost */
export async function makePlan(
  { thread, peer }: PlanMakers,
  { night, previous, lookOver, budgetMs, revision }: Wanted,
): Promise<MadePlan> {
  const theirs = await peer.plan(night.settings.vroomUrl, night);
  const question: Question = theirs
    ? { kind: 'adopt', night, plan: theirs, revision }
    : { kind: lookOver ? 'improve' : 'repair', night, previous, budgetMs, revision };
  const answer = await thread.ask(question);
  if (answer.kind !== 'made') throw new Error(`unexpected answer: ${answer.kind}`);
  const { made } = answer;
  return theirs ? { ...made, view: { ...made.view, solver: 'vroom' } } : made;
}
