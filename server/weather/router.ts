import { handHoursSchema, sourceDraftSchema, sourceIdSchema } from '../../shared/weather/schema.ts';
import { allow, router } from '../kernel/trpc.ts';
import { readWeatherFor, removeSource, saveSource, tryNow, typeHours } from './actions.ts';

export const weatherRouter = router({
  read: allow('patrol', 'dispatcher', 'station_manager', 'administrator', 'auditor').query(
    ({ ctx }) => readWeatherFor(ctx.db, ctx.session),
  ),
  saveSource: allow('administrator')
    .input(sourceDraftSchema)
    .mutation(({ ctx, input }) => saveSource(ctx.db, ctx.session, input)),
  removeSource: allow('administrator')
    .input(sourceIdSchema)
    .mutation(({ ctx, input }) => removeSource(ctx.db, ctx.session, input)),
  tryNow: allow('administrator')
    .input(sourceIdSchema)
    .mutation(({ ctx, input }) => tryNow(ctx, ctx.session, input)),
  typeHours: allow('dispatcher', 'station_manager', 'administrator')
    .input(handHoursSchema)
    .mutation(({ ctx, input }) => typeHours(ctx.db, ctx.session, input)),
});
