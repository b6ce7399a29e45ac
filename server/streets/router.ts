import { describePlaceSchema } from '../../shared/streets/schema.ts';
import { allow, router } from '../kernel/trpc.ts';
import { describePlace } from './actions.ts';

export const streetsRouter = router({
  describe: allow('public')
    .input(describePlaceSchema)
    .query(({ ctx, input }) => describePlace(ctx, input)),
});
