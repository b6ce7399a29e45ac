/** One person met, as it is being written down: kept until the server has it, under an id that a retry sends again. */
import { create } from 'zustand';
import type { EncounterDraft, Outcome } from '../../shared/dispatch/schema.ts';
import { metNobody } from '../../shared/dispatch/rules.ts';
import type { Position } from '../../shared/geo/position.ts';
import type { Need, VulnerableFlag } from '../../shared/sightings/schema.ts';
import { newId } from '../kernel/id.ts';

export interface RecordDraft {
  id: string;
  outcome: Outcome | null;
  flags: readonly VulnerableFlag[];
  items: Partial<Record<Need, number>>;
  stationId: string | null;
  note: string;
  /** set at the first attempt to save */
  metAt: string | null;
}

/** What the meeting belongs to: a dispatch on scene, or the recheck it settles. */
export type Visit =
  | { dispatchId: string; recheckId: null }
  | { dispatchId: null; recheckId: string };
export const visitKey = (visit: Visit): string => visit.dispatchId ?? visit.recheckId;

export const newDraft = (): RecordDraft => ({
  id: newId(),
  outcome: null,
  flags: [],
  items: {},
  stationId: null,
  note: '',
  metAt: null,
});

export function encounterOf(
  draft: RecordDraft & { outcome: Outcome; metAt: string },
  visit: Visit,
  position: Position,
): EncounterDraft {
  const nobody = metNobody(draft.outcome);
  const items = Object.entries(draft.items) as [Need, number][];
  return {
    id: draft.id,
    ...visit,
    outcome: draft.outcome,
    position: { lon: position.lon, lat: position.lat },
    flags: nobody ? [] : [...draft.flags],
    items: nobody
      ? []
      : items
          .filter(([, quantity]) => quantity > 0)
          .map(([item, quantity]) => ({ item, quantity })),
    stationId: draft.outcome === 'escorted' ? draft.stationId : null,
    note: draft.note.trim(),
    metAt: draft.metAt,
  };
}

interface RecordsStore {
  /** by dispatch or recheck; in memory alone, since it is about people */
  drafts: ReadonlyMap<string, RecordDraft>;
  /** what this screen has recorded, by dispatch or recheck */
  recorded: ReadonlyMap<string, readonly { id: string; outcome: Outcome }[]>;
}
export const useRecords = create<RecordsStore>(() => ({ drafts: new Map(), recorded: new Map() }));

export const keepDraft = (key: string, draft: RecordDraft): void =>
  useRecords.setState(({ drafts }) => ({ drafts: new Map(drafts).set(key, draft) }));

export function markRecorded(key: string, id: string, outcome: Outcome): void {
  useRecords.setState(({ drafts, recorded }) => {
    const left = new Map(drafts);
    left.delete(key);
    const list = [...(recorded.get(key) ?? []).filter((entry) => entry.id !== id), { id, outcome }];
    return { drafts: left, recorded: new Map(recorded).set(key, list) };
  });
}

const nothing: readonly { id: string; outcome: Outcome }[] = [];
export const useRecorded = (key: string | null) =>
  useRecords((store) => (key === null ? nothing : (store.recorded.get(key) ?? nothing)));
