/** What the planning thread does with a question; pure, so that it can be asked without a thread too. */
import { checkPlan } from '../../shared/planning/check.ts';
import { planNight } from '../../shared/planning/plan-night.ts';
import { repairPlan } from '../../shared/planning/repair.ts';
import { tryPlacing } from '../../shared/planning/try-placing.ts';
import { viewOf } from '../../shared/planning/view.ts';
import type { Night } from '../../shared/planning/night.ts';
import type { Plan } from '../../shared/planning/plan.ts';
import type { Answer, Question } from './thread-messages.ts';

export function answerQuestion(question: Question): Answer {
  const { night } = question;
  if (question.kind === 'try')
    return { kind: 'tried', effect: tryPlacing(question.plan, night, question.placing) };
  const { revision } = question;
  const plan = planOf(question, night);
  return {
    kind: 'made',
    made: { plan, view: viewOf(plan, night, revision), problems: checkPlan(plan, night) },
  };
}

function planOf(question: Exclude<Question, { kind: 'try' }>, night: Night): Plan {
  // Mended, and what it left out put in; not made over into one of ours.
  if (question.kind === 'adopt')
    return repairPlan(question.plan, night, { budgetMs: 0, rounds: 0 });
  const { previous, budgetMs } = question;
  if (question.kind === 'repair' && previous !== null)
    return repairPlan(previous, night, { budgetMs });
  return planNight(night, { budgetMs, ...(previous !== null && { previous }) });
}
