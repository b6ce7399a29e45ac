import { conflictRefSchema, fieldActionSchema } from '../../shared/field/schema.ts';
import { allow, router } from '../kernel/trpc.ts';
import { readDetails, settleConflict, submit } from './actions.ts';

const desk = allow('dispatcher', 'station_manager', 'administrator');

export const fieldRouter = router({
  submit: allow('reporter', 'patrol', 'dispatcher', 'station_manager', 'administrator')
    .input(fieldActionSchema)
    .mutation(({ ctx, input }) => submit(ctx.db, ctx.session, input)),
  settle: desk
    .input(conflictRefSchema)
    .mutation(({ ctx, input }) => settleConflict(ctx.db, ctx.session, input)),
  readDetails: desk
    .input(conflictRefSchema)
    .query(({ ctx, input }) => readDetails(ctx.db, ctx.session, input)),
});
