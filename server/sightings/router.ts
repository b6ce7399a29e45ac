import {
  closeSightingSchema,
  markDuplicateSchema,
  sightingDraftSchema,
  sightingEditSchema,
  sightingRefSchema,
} from '../../shared/sightings/schema.ts';
import { allow, router } from '../kernel/trpc.ts';
import {
  closeSighting,
  editSighting,
  markDuplicate,
  readHistory,
  readSighting,
  reportSighting,
  withdrawSighting,
} from './actions.ts';
import { readOwnReports } from './queries.ts';

const reporters = allow('reporter', 'patrol', 'dispatcher', 'station_manager', 'administrator');
const ownOrDesk = allow('reporter', 'patrol', 'dispatcher', 'station_manager', 'administrator');
const desk = allow('dispatcher', 'station_manager', 'administrator');

export const sightingsRouter = router({
  report: reporters
    .input(sightingDraftSchema)
    .mutation(({ ctx, input }) => reportSighting(ctx.db, ctx.session, input)),
  edit: ownOrDesk
    .input(sightingEditSchema)
    .mutation(({ ctx, input }) => editSighting(ctx.db, ctx.session, input)),
  withdraw: ownOrDesk
    .input(sightingRefSchema)
    .mutation(({ ctx, input }) => withdrawSighting(ctx.db, ctx.session, input)),
  markDuplicate: desk
    .input(markDuplicateSchema)
    .mutation(({ ctx, input }) => markDuplicate(ctx.db, ctx.session, input)),
  close: desk
    .input(closeSightingSchema)
    .mutation(({ ctx, input }) => closeSighting(ctx.db, ctx.session, input)),
  read: allow('patrol', 'dispatcher', 'station_manager', 'administrator', 'auditor')
    .input(sightingRefSchema)
    .query(({ ctx, input }) => readSighting(ctx.db, ctx.session, input)),
  history: allow('dispatcher', 'station_manager', 'administrator', 'auditor')
    .input(sightingRefSchema)
    .query(({ ctx, input }) => readHistory(ctx.db, ctx.session, input)),
  mine: reporters.query(({ ctx }) =>
    readOwnReports(ctx.db.sql, ctx.session.cityId, { userId: ctx.session.userId }),
  ),
});
