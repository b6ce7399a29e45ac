import { removeSchema } from '../../shared/patrols/schema.ts';
import {
  depotDraftSchema,
  movementDraftSchema,
  movementsOfSchema,
} from '../../shared/supplies/schema.ts';
import { allow, router } from '../kernel/trpc.ts';
import { readMovements, recordMovement, removeDepot, saveDepot } from './actions.ts';
import { readForecast, readLoadingLists } from './forecast.ts';

const field = allow('patrol', 'dispatcher', 'station_manager', 'administrator');
const desk = allow('dispatcher', 'station_manager', 'administrator');

export const suppliesRouter = router({
  record: field
    .input(movementDraftSchema)
    .mutation(({ ctx, input }) => recordMovement(ctx.db, ctx.session, input)),
  movements: field
    .input(movementsOfSchema)
    .query(({ ctx, input }) => readMovements(ctx.db, ctx.session, input)),
  forecast: field.query(({ ctx }) => readForecast(ctx.db, ctx.session)),
  loadingLists: desk.query(({ ctx }) => readLoadingLists(ctx.db, ctx.session)),
});

export const depotsRouter = router({
  save: allow('administrator')
    .input(depotDraftSchema)
    .mutation(({ ctx, input }) => saveDepot(ctx.db, ctx.session, input)),
  remove: allow('administrator')
    .input(removeSchema)
    .mutation(({ ctx, input }) => removeDepot(ctx.db, ctx.session, input)),
});
