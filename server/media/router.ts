import { z } from 'zod';
import { listMediaSchema, mediaAddressSchema } from '../../shared/media/schema.ts';
import { idSchema } from '../../shared/wire.ts';
import { allow, router } from '../kernel/trpc.ts';
import { listMedia, makeAddress, removeMedia } from './actions.ts';

export const mediaRouter = router({
  list: allow('public')
    .input(listMediaSchema)
    .query(({ ctx, input }) => listMedia(ctx, input)),
  address: allow('public')
    .input(mediaAddressSchema)
    .query(({ ctx, input }) => makeAddress(ctx, input)),
  remove: allow('reporter', 'patrol', 'dispatcher', 'station_manager', 'administrator')
    .input(z.object({ id: idSchema }))
    .mutation(({ ctx, input }) => removeMedia(ctx, input)),
});
