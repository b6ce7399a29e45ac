/** Reports that an earlier version of this product left in localStorage, waiting: they move into the outbox once. */
import type { SightingDraft } from '../../../shared/sightings/schema.ts';
import { newId } from '../id.ts';
import { readStored } from '../stored.ts';
import type { NewItem } from './item.ts';

const earlierKey = 'nuanxun.report.outbox';

interface Earlier {
  draft: SightingDraft;
  cityId: string;
  userId?: string | null;
  /** the version an edit was made from; null = a new report */
  version?: number | null;
}

const isEarlier = (entry: unknown): entry is Earlier =>
  typeof entry === 'object' &&
  entry !== null &&
  'draft' in entry &&
  typeof entry.draft === 'object' &&
  entry.draft !== null &&
  'id' in entry.draft &&
  typeof entry.draft.id === 'string' &&
  'cityId' in entry &&
  typeof entry.cityId === 'string';

/** An edit gets an id of its own: the id of the report is the report's. */
export function newItemOf(entry: Earlier): NewItem {
  const { draft, cityId, userId = null, version = null } = entry;
  const at = draft.seenAt;
  const subject = `sighting:${draft.id}`;
  if (userId === null)
    return {
      id: draft.id,
      subject,
      kind: 'tip.report',
      at,
      payload: { cityId, sighting: draft },
      cityId,
      userId,
    };
  const id = version === null ? draft.id : newId();
  const payload =
    version === null
      ? { kind: 'sighting.report', id, at, sighting: draft }
      : { kind: 'sighting.edit', id, at, sighting: { ...draft, version } };
  const kind = version === null ? 'sighting.report' : 'sighting.edit';
  return { id, subject, kind, at, payload, cityId, userId };
}

/** The list is taken away only after `keep` has it on disk. */
export async function adoptEarlier(keep: (items: NewItem[]) => Promise<unknown>): Promise<void> {
  const stored = readStored(earlierKey);
  if (!Array.isArray(stored)) return;
  const items = stored.filter(isEarlier).map(newItemOf);
  if (items.length > 0) await keep(items);
  localStorage.removeItem(earlierKey);
}
