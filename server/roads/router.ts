import {
  closureDraftSchema,
  isochronesQuerySchema,
  openClosureSchema,
  routeQuerySchema,
} from '../../shared/roads/schema.ts';
import { allow, router } from '../kernel/trpc.ts';
import { closeRoad, findIsochrones, findRoute, openRoad } from './actions.ts';
import { readClosureViews } from './queries.ts';

const desk = () => allow('dispatcher', 'station_manager', 'administrator');

export const roadsRouter = router({
  close: desk()
    .input(closureDraftSchema)
    .mutation(({ ctx, input }) => closeRoad(ctx, ctx.session, input)),
  open: desk()
    .input(openClosureSchema)
    .mutation(({ ctx, input }) => openRoad(ctx, ctx.session, input)),
  listClosures: desk().query(({ ctx }) => readClosureViews(ctx.db.sql, ctx.session.cityId)),
  route: allow('patrol', 'dispatcher', 'station_manager', 'administrator')
    .input(routeQuerySchema)
    .query(({ ctx, input }) => findRoute(ctx.roads, ctx.session, input)),
  isochrones: desk()
    .input(isochronesQuerySchema)
    .query(({ ctx, input }) => findIsochrones(ctx.roads, ctx.session, input)),
});
