import { z } from 'zod';
import { isStaff } from '../../shared/accounts/schema.ts';
import { maxViewCells } from '../../shared/realtime/events.ts';
import { allowSignedIn, router } from '../kernel/trpc.ts';
import { readSnapshot } from './queries.ts';

export const snapshotsRouter = router({
  read: allowSignedIn()
    .input(z.object({ cells: z.array(z.string()).max(maxViewCells).nullable() }))
    .query(({ ctx, input }) =>
      readSnapshot(
        ctx.db,
        {
          cityId: ctx.session.cityId,
          staff: isStaff(ctx.session.role),
          userId: ctx.session.userId,
          deviceId: null,
        },
        input.cells,
      ),
    ),
});
