import { removeSchema } from '../../shared/patrols/schema.ts';
import { setFreeBedsSchema, stationDraftSchema } from '../../shared/stations/schema.ts';
import { allow, router } from '../kernel/trpc.ts';
import { removeStation, saveStation, setFreeBeds } from './actions.ts';

export const stationsRouter = router({
  save: allow('administrator')
    .input(stationDraftSchema)
    .mutation(({ ctx, input }) => saveStation(ctx.db, ctx.session, input)),
  remove: allow('administrator')
    .input(removeSchema)
    .mutation(({ ctx, input }) => removeStation(ctx.db, ctx.session, input)),
  setFreeBeds: allow('station_manager', 'dispatcher', 'administrator')
    .input(setFreeBedsSchema)
    .mutation(({ ctx, input }) => setFreeBeds(ctx.db, ctx.session, input)),
});
