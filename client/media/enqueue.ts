/** Puts a photo or a voice note in the outbox, behind what it belongs to. */
import type { MediaKind, UploadMetadata } from '../../shared/media/schema.ts';
import { newId } from '../kernel/id.ts';
import { enqueue } from '../kernel/outbox/outbox.ts';
import type { OutboxItem } from '../kernel/outbox/outbox.ts';
import { useHeldBlobs } from './store.ts';

export type MediaToSend = {
  /** the draft's id; a new one without it */
  id?: string;
  subjectId: string;
  kind: MediaKind;
  blob: Blob;
  takenAt: string;
  durationSeconds?: number;
  cityId: string;
  /** null: a browser nobody is signed in on */
  userId: string | null;
} & (
  | { subjectKind: 'sighting'; outboxSubject?: string }
  /** The outbox subject its encounter or visit was put under, such as `dispatch:<id>`: it goes after it. */
  | { subjectKind: 'encounter' | 'visit'; outboxSubject: string }
);

/** Resolves once it is kept on the device. @throws OutboxFull of the outbox: nothing was kept */
export async function enqueueMedia(media: MediaToSend): Promise<OutboxItem> {
  const id = media.id ?? newId();
  const payload: UploadMetadata = {
    id,
    cityId: media.cityId,
    kind: media.kind,
    subjectKind: media.subjectKind,
    subjectId: media.subjectId,
    takenAt: media.takenAt,
    ...(media.durationSeconds === undefined ? {} : { durationSeconds: media.durationSeconds }),
  };
  const item = await enqueue({
    id,
    kind: 'media.upload',
    subject: media.outboxSubject ?? `${media.subjectKind}:${media.subjectId}`,
    at: media.takenAt,
    payload,
    cityId: media.cityId,
    userId: media.userId,
    blob: media.blob,
  });
  useHeldBlobs.getState().hold(id, media.blob);
  return item;
}
