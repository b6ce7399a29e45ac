/** The outbox hands photos and voice notes over to here. */
import type { UploadMetadata } from '../../shared/media/schema.ts';
import { registerDeliverer } from '../kernel/outbox/outbox.ts';
import { CallError } from '../kernel/call-error.ts';
import { useHeldBlobs } from './store.ts';

/** Called once, where the outbox is started. */
export function registerMediaDeliverer(): void {
  registerDeliverer('media.upload', async (item, blob, onProgress) => {
    if (blob === null) throw new Error('the photo or recording is gone from this device');
    const { upload } = await reachable(import('./upload.ts'));
    const answer = await upload(item.payload as UploadMetadata, item.userId, blob, onProgress);
    useHeldBlobs.getState().forget(item.id);
    return answer;
  });
}

/** Code that can't be had just now is a line that is broken just now. */
const reachable = <T>(code: Promise<T>): Promise<T> =>
  code.catch((error: unknown) => {
    throw new CallError('no answer', undefined, error);
  });
