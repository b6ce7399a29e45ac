import { declareNightSchema } from '../../shared/response/schema.ts';
import { allow, router } from '../kernel/trpc.ts';
import { declareNight, endNight } from './actions.ts';

const desk = () => allow('dispatcher', 'station_manager', 'administrator');

export const responseRouter = router({
  declare: desk()
    .input(declareNightSchema)
    .mutation(({ ctx, input }) => declareNight(ctx.db, ctx.session, input)),
  end: desk().mutation(({ ctx }) => endNight(ctx.db, ctx.session)),
});
