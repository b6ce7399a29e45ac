import {
  acceptPlanSchema,
  dismissSchema,
  jobRefSchema,
  placeJobSchema,
  planningSettingsSchema,
  taskOfSchema,
} from '../../shared/planning/schema.ts';
import { allow, router } from '../kernel/trpc.ts';
import { acceptPlan } from './accept.ts';
import {
  dismiss,
  moveJob,
  readPlan,
  readSettings,
  readTaskOf,
  saveSettings,
  tryMove,
  unpin,
} from './actions.ts';

const desk = () => allow('dispatcher', 'station_manager', 'administrator');

export const planningRouter = router({
  read: allow('dispatcher', 'station_manager', 'administrator', 'auditor').query(({ ctx }) =>
    readPlan(ctx.db, ctx.session),
  ),
  task: allow('patrol', 'dispatcher', 'station_manager', 'administrator')
    .input(taskOfSchema)
    .query(({ ctx, input }) => readTaskOf(ctx.db, ctx.session, input)),
  accept: desk()
    .input(acceptPlanSchema)
    .mutation(({ ctx, input }) => acceptPlan(ctx.db, ctx.session, input)),
  tryMove: desk()
    .input(placeJobSchema)
    .query(({ ctx, input }) => tryMove(ctx.db, ctx.session, input)),
  move: desk()
    .input(placeJobSchema)
    .mutation(({ ctx, input }) => moveJob(ctx.db, ctx.session, input)),
  unpin: desk()
    .input(jobRefSchema)
    .mutation(({ ctx, input }) => unpin(ctx.db, ctx.session, input)),
  dismiss: desk()
    .input(dismissSchema)
    .mutation(({ ctx, input }) => dismiss(ctx.db, ctx.session, input)),
  readSettings: allow('administrator').query(({ ctx }) => readSettings(ctx.db, ctx.session)),
  saveSettings: allow('administrator')
    .input(planningSettingsSchema)
    .mutation(({ ctx, input }) => saveSettings(ctx.db, ctx.session, input)),
});
