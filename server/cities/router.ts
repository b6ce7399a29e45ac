import { z } from 'zod';
import { cityConfigurationSchema } from '../../shared/cities/schema.ts';
import { citySlugSchema } from '../../shared/wire.ts';
import { allow, router } from '../kernel/trpc.ts';
import { changeSettings, readCityView, readCityViews, readSettings } from './actions.ts';

export const citiesRouter = router({
  list: allow('public').query(({ ctx }) => readCityViews(ctx.db.sql, ctx.config.demo.on)),
  read: allow('public')
    .input(z.object({ cityId: citySlugSchema }))
    .query(({ ctx, input }) => readCityView(ctx.db.sql, input.cityId, ctx.config.demo.on)),
  readSettings: allow('administrator', 'auditor', 'dispatcher', 'station_manager', 'patrol').query(
    ({ ctx }) => readSettings(ctx.db.sql, ctx.session.cityId),
  ),
  changeSettings: allow('administrator')
    .input(cityConfigurationSchema)
    .mutation(({ ctx, input }) => changeSettings(ctx.db, ctx.session, input)),
});
