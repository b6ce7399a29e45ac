import { handHoursSchema, sourceDraftSchema, sourceIdSchema } from '../../shared/weather/schema.ts';
import { allow, router } from '../kernel/trpc.ts';
import { removeSource, saveSource, tryNow, typeHours } from './actions.ts';
import { readWeatherView } from './queries.ts';

export const weatherRouter = router({
  read: allow('patrol', 'dispatcher', 'station_manager', 'administrator', 'auditor').query(
    ({ ctx }) => readWeatherView(ctx.db.sql, ctx.session.cityId),
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
