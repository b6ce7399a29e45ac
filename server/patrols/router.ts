import {
  areaDraftSchema,
  removeSchema,
  setDutySchema,
  teamDraftSchema,
  teamPositionSchema,
} from '../../shared/patrols/schema.ts';
import { setTeamDutySchema } from '../../shared/planning/schema.ts';
import { trackerDraftSchema } from '../../shared/patrols/trackers.ts';
import { allow, router } from '../kernel/trpc.ts';
import {
  planTeamDuty,
  removeArea,
  removeTeam,
  saveArea,
  saveTeam,
  setDuty,
  storePosition,
} from './actions.ts';
import { listTrackers, revokeTracker, saveTracker } from './tracker-actions.ts';

export const patrolsRouter = router({
  saveTeam: allow('administrator')
    .input(teamDraftSchema)
    .mutation(({ ctx, input }) => saveTeam(ctx.db, ctx.session, input)),
  removeTeam: allow('administrator')
    .input(removeSchema)
    .mutation(({ ctx, input }) => removeTeam(ctx.db, ctx.session, input)),
  setDuty: allow('patrol', 'dispatcher', 'station_manager', 'administrator')
    .input(setDutySchema)
    .mutation(({ ctx, input }) => setDuty(ctx.db, ctx.session, input)),
  setTeamDuty: allow('patrol', 'dispatcher', 'station_manager', 'administrator')
    .input(setTeamDutySchema)
    .mutation(({ ctx, input }) => planTeamDuty(ctx.db, ctx.session, input)),
  saveArea: allow('administrator', 'dispatcher')
    .input(areaDraftSchema)
    .mutation(({ ctx, input }) => saveArea(ctx.db, ctx.session, input)),
  removeArea: allow('administrator', 'dispatcher')
    .input(removeSchema)
    .mutation(({ ctx, input }) => removeArea(ctx.db, ctx.session, input)),
  reportPosition: allow('patrol')
    .input(teamPositionSchema)
    .mutation(({ ctx, input }) => storePosition(ctx.db, ctx.session, input)),
});

export const trackersRouter = router({
  list: allow('dispatcher', 'station_manager', 'administrator').query(({ ctx }) =>
    listTrackers(ctx.db, ctx.session),
  ),
  save: allow('administrator')
    .input(trackerDraftSchema)
    .mutation(({ ctx, input }) => saveTracker(ctx.db, ctx.session, input)),
  revoke: allow('administrator')
    .input(removeSchema)
    .mutation(({ ctx, input }) => revokeTracker(ctx.db, ctx.session, input)),
});
