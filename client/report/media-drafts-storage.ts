/** Photos and voice notes of a report that is not sent yet, on disk: a reload must not cost somebody a photo. */
import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase } from 'idb';
import type { DraftMedia } from '../media/drafts.ts';

/** Bytes and type apart: some browsers lose a blob's contents when they store it. */
type StoredDraft = Omit<DraftMedia, 'blob'> & {
  formId: string;
  keptAt: number;
  bytes: ArrayBuffer;
  type: string;
};
interface Schema extends DBSchema {
  media: { key: string; value: StoredDraft; indexes: { formId: string } };
}

/** As long as the form they belong to. */
const keptMs = 12 * 3_600_000;

let opening: Promise<IDBPDatabase<Schema>> | null = null;
const open = (): Promise<IDBPDatabase<Schema>> =>
  (opening ??= openDB<Schema>('nuanxun-report', 1, {
    upgrade(db) {
      db.createObjectStore('media', { keyPath: 'id' }).createIndex('formId', 'formId');
    },
    terminated: () => {
      opening = null;
    },
  }).catch((error: unknown) => {
    opening = null;
    throw error;
  }));

export async function keepDraft(formId: string, draft: DraftMedia): Promise<void> {
  const { blob, ...rest } = draft;
  const bytes = await blob.arrayBuffer();
  await (
    await open()
  ).put('media', { ...rest, formId, keptAt: Date.now(), bytes, type: blob.type });
}

export async function forgetDraft(id: string): Promise<void> {
  await (await open()).delete('media', id);
}

/** Those of this form, as they were taken; what was left of forms long gone is taken away. */
export async function draftsOf(formId: string): Promise<DraftMedia[]> {
  const db = await open();
  const all = await db.getAll('media');
  const old = all.filter(({ keptAt }) => Date.now() - keptAt > keptMs);
  await Promise.all(old.map(({ id }) => db.delete('media', id)));
  return all
    .filter((draft) => draft.formId === formId && !old.includes(draft))
    .sort((a, b) => a.keptAt - b.keptAt)
    .map(({ formId: _form, keptAt: _keptAt, bytes, type, ...rest }) => ({
      ...rest,
      blob: new Blob([bytes], { type }),
    }));
}
