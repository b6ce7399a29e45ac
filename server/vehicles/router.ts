import { removeSchema } from '../../shared/patrols/schema.ts';
import { vehicleDraftSchema, vehicleStateSchema } from '../../shared/vehicles/schema.ts';
import { allow, router } from '../kernel/trpc.ts';
import { removeVehicle, saveVehicle, setVehicleState } from './actions.ts';

export const vehiclesRouter = router({
  save: allow('administrator')
    .input(vehicleDraftSchema)
    .mutation(({ ctx, input }) => saveVehicle(ctx.db, ctx.session, input)),
  remove: allow('administrator')
    .input(removeSchema)
    .mutation(({ ctx, input }) => removeVehicle(ctx.db, ctx.session, input)),
  setState: allow('patrol', 'dispatcher', 'station_manager', 'administrator')
    .input(vehicleStateSchema)
    .mutation(({ ctx, input }) => setVehicleState(ctx.db, ctx.session, input)),
});
