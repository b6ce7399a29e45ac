import { clusterRefSchema, pullInSchema, splitOffSchema } from '../../shared/clusters/schema.ts';
import { allow, router } from '../kernel/trpc.ts';
import { pullIn, readCluster, splitOff, undoPlacement } from './actions.ts';

const desk = allow('dispatcher', 'station_manager', 'administrator');

export const clustersRouter = router({
  read: allow('patrol', 'dispatcher', 'station_manager', 'administrator', 'auditor')
    .input(clusterRefSchema)
    .query(({ ctx, input }) => readCluster(ctx.db, ctx.session, input)),
  splitOff: desk
    .input(splitOffSchema)
    .mutation(({ ctx, input }) => splitOff(ctx.db, ctx.session, input)),
  pullIn: desk.input(pullInSchema).mutation(({ ctx, input }) => pullIn(ctx.db, ctx.session, input)),
  undoPlacement: desk
    .input(splitOffSchema)
    .mutation(({ ctx, input }) => undoPlacement(ctx.db, ctx.session, input)),
});
