import { removeSchema } from '../../shared/patrols/schema.ts';
import { zoneDraftSchema } from '../../shared/zones/schema.ts';
import { allow, router } from '../kernel/trpc.ts';
import { removeZone, saveZone } from './actions.ts';

const desk = () => allow('dispatcher', 'station_manager', 'administrator');

export const zonesRouter = router({
  save: desk()
    .input(zoneDraftSchema)
    .mutation(({ ctx, input }) => saveZone(ctx.db, ctx.session, input)),
  remove: desk()
    .input(removeSchema)
    .mutation(({ ctx, input }) => removeZone(ctx.db, ctx.session, input)),
});
