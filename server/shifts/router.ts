import { idSchema } from '../../shared/wire.ts';
import { periodSchema, shiftDraftSchema, shiftRefSchema } from '../../shared/shifts/schema.ts';
import { allow, router } from '../kernel/trpc.ts';
import { checkInOverRadio, endOverRadio, readShift, startOverRadio } from './actions.ts';
import { readTotals } from './queries.ts';

export const shiftsRouter = router({
  start: allow('dispatcher', 'station_manager', 'administrator')
    .input(shiftDraftSchema.extend({ teamId: idSchema }))
    .mutation(({ ctx, input }) => startOverRadio(ctx.db, ctx.session, input)),
  end: allow('dispatcher', 'station_manager', 'administrator')
    .input(shiftRefSchema)
    .mutation(({ ctx, input }) => endOverRadio(ctx.db, ctx.session, input)),
  checkIn: allow('dispatcher', 'station_manager', 'administrator')
    .input(shiftRefSchema)
    .mutation(({ ctx, input }) => checkInOverRadio(ctx.db, ctx.session, input)),
  read: allow('patrol', 'dispatcher', 'station_manager', 'administrator', 'auditor')
    .input(shiftRefSchema)
    .query(({ ctx, input }) => readShift(ctx.db, ctx.session, input)),
  totals: allow('dispatcher', 'station_manager', 'administrator', 'auditor')
    .input(periodSchema)
    .query(({ ctx, input }) => readTotals(ctx.db.sql, ctx.session.cityId, input)),
});
