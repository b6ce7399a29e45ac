/** The outbox hands photos and voice notes over to here. */
import type { UploadMetadata } from '../../shared/media/schema.ts';
import { registerDeliverer } from '../kernel/outbox/outbox.ts';
import { useHeldBlobs } from './store.ts';
import { upload } from './upload.ts';

/** Called once, where the outbox is started. */
export function registerMediaDeliverer(): void {
  registerDeliverer('media.upload', async (item, blob, onProgress) => {
    if (blob === null) throw new Error('the photo or recording is gone from this device');
    const answer = await upload(item.payload as UploadMetadata, item.userId, blob, onProgress);
    useHeldBlobs.getState().forget(item.id);
    return answer;
  });
}
