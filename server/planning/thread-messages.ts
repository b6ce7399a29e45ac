// What the server and its planning thread say to each other.
import type { Night } from '../../shared/planning/night.ts';
import type { Plan } from '../../shared/planning/plan.ts';
import type { MoveEffect, PlanView, placeJobSchema } from '../../shared/planning/schema.ts';
import type { z } from 'zod';

export type Placing = z.infer<typeof placeJobSchema>;

export type Question =
  /** repair: from the plan before, at once · improve: the same with time to look about */
  | {
      kind: 'repair' | 'improve';
      night: Night;
      previous: Plan | null;
      budgetMs: number;
      revision: number;
    }
  /** a plan that somebody else made: what breaks a rule of ours is taken out and put elsewhere by ours */
  | { kind: 'adopt'; night: Night; plan: Plan; revision: number }
  | { kind: 'try'; night: Night; plan: Plan; placing: Placing };

export interface MadePlan {
  plan: Plan;
  view: PlanView;
  /** rules that the plan breaks, by the independent checker: none, or there is a fault to mend */
  problems: string[];
}
export type Answer =
  | { kind: 'made'; made: MadePlan }
  | { kind: 'tried'; effect: MoveEffect }
  | { kind: 'failed'; message: string };
