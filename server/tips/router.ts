import { z } from 'zod';
import { tipDraftSchema, trackingCodeSchema } from '../../shared/tips/schema.ts';
import { citySlugSchema } from '../../shared/wire.ts';
import { allow, router } from '../kernel/trpc.ts';
import { reportTip, trackTip } from './actions.ts';
import { readPublicPlaces } from './queries.ts';

export const tipsRouter = router({
  report: allow('public')
    .input(tipDraftSchema)
    .mutation(({ ctx, input }) => reportTip(ctx, input)),
  track: allow('public')
    .input(trackingCodeSchema)
    .query(({ ctx, input }) => trackTip(ctx, input)),
  places: allow('public')
    .input(z.object({ cityId: citySlugSchema }))
    .query(({ ctx, input }) => readPublicPlaces(ctx.db.sql, input.cityId)),
});
