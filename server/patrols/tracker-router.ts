import { removeSchema } from '../../shared/patrols/schema.ts';
import { trackerDraftSchema } from '../../shared/patrols/trackers.ts';
import { allow, router } from '../kernel/trpc.ts';
import { listTrackers, revokeTracker, saveTracker } from './tracker-actions.ts';

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
