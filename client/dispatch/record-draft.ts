/** One person met, as it is being written down: kept on this device, under one id, until it is in the outbox. */
import { create } from 'zustand';
import type { EncounterDraft, Outcome } from '../../shared/dispatch/schema.ts';
import { metNobody } from '../../shared/dispatch/rules.ts';
import type { Position } from '../../shared/geo/position.ts';
import type { BedKind } from '../../shared/stations/schema.ts';
import type { Need, VulnerableFlag } from '../../shared/sightings/schema.ts';
import { newId } from '../kernel/id.ts';
import { readStored, writeStored } from '../kernel/stored.ts';

export interface RecordDraft {
  id: string;
  outcome: Outcome | null;
  flags: readonly VulnerableFlag[];
  items: Partial<Record<Need, number>>;
  stationId: string | null;
  /** null: whatever the station has */
  bedKind: BedKind | null;
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
  bedKind: null,
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
    // Undefined in a draft that an older version kept.
    bedKind: draft.outcome === 'escorted' ? (draft.bedKind ?? null) : null,
    note: draft.note.trim(),
    metAt: draft.metAt,
  };
}

/** The form as it was, for an encounter that the server refused. */
export const draftFrom = (encounter: EncounterDraft): RecordDraft => ({
  id: encounter.id,
  outcome: encounter.outcome,
  flags: encounter.flags,
  items: Object.fromEntries(encounter.items.map(({ item, quantity }) => [item, quantity])),
  stationId: encounter.stationId,
  bedKind: encounter.bedKind ?? null,
  note: encounter.note,
  metAt: encounter.metAt,
});

/** What the plan expects of a person at this place. */
export interface Planned {
  items: Partial<Record<Need, number>>;
  /** the place that is kept for them */
  held: { stationId: string; bedKind: BedKind } | null;
}
export const nothingPlanned: Planned = { items: {}, held: null };
const same = (a: RecordDraft['items'], b: RecordDraft['items']): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)] as Need[])].every(
    (item) => (a[item] ?? 0) === (b[item] ?? 0),
  );

/**
 * What an outcome says by itself: the items of the plan where somebody is helped, the place that is kept where somebody
 * is brought in. What was written by hand stays.
 */
export function withOutcome(
  draft: RecordDraft,
  outcome: Outcome,
  { items, held }: Planned,
): Partial<RecordDraft> {
  const untouched = same(draft.items, {}) || same(draft.items, items);
  const given = outcome === 'aided_on_street' || outcome === 'escorted';
  return {
    outcome,
    ...(untouched ? { items: given ? items : {} } : {}),
    ...(outcome === 'escorted' && draft.stationId === null && held !== null ? held : {}),
  };
}

/** The items are the plan's, and nobody has changed them yet. */
export const isPrefilled = (draft: RecordDraft, { items }: Planned): boolean =>
  !same(items, {}) && same(draft.items, items);

interface RecordsStore {
  /** by dispatch or recheck; about people, so it stays on the device only until it is sent or they sign out */
  drafts: ReadonlyMap<string, RecordDraft>;
  /** what this screen has recorded, by dispatch or recheck */
  recorded: ReadonlyMap<string, readonly { id: string; outcome: Outcome }[]>;
}
export const useRecords = create<RecordsStore>(() => ({ drafts: new Map(), recorded: new Map() }));

const storageKey = 'nuanxun.encounters';
let owner: string | null = null;

/** A reloaded or killed page goes on where it was; what somebody else had begun is wiped. */
export function openDrafts(userId: string): void {
  if (owner === userId) return;
  owner = userId;
  const kept = readStored(storageKey) as { userId?: unknown; drafts?: unknown } | null;
  const own = kept?.userId === userId && Array.isArray(kept.drafts);
  const drafts = own ? (kept.drafts as [string, RecordDraft][]) : [];
  if (!own) writeStored(storageKey, null);
  useRecords.setState({ drafts: new Map(drafts), recorded: new Map() });
}

/** On signing out. */
export function forgetDrafts(): void {
  owner = null;
  writeStored(storageKey, null);
  useRecords.setState({ drafts: new Map(), recorded: new Map() });
}

function setDrafts(drafts: ReadonlyMap<string, RecordDraft>): void {
  useRecords.setState({ drafts });
  if (owner !== null)
    writeStored(storageKey, drafts.size === 0 ? null : { userId: owner, drafts: [...drafts] });
}

export const keepDraft = (key: string, draft: RecordDraft): void =>
  setDrafts(new Map(useRecords.getState().drafts).set(key, draft));

export const draftOf = (key: string): RecordDraft | undefined =>
  useRecords.getState().drafts.get(key);

export function markRecorded(key: string, id: string, outcome: Outcome): void {
  const { drafts, recorded } = useRecords.getState();
  const left = new Map(drafts);
  left.delete(key);
  setDrafts(left);
  const list = [...(recorded.get(key) ?? []).filter((entry) => entry.id !== id), { id, outcome }];
  useRecords.setState({ recorded: new Map(recorded).set(key, list) });
}

const nothing: readonly { id: string; outcome: Outcome }[] = [];
export const useRecorded = (key: string | null) =>
  useRecords((store) => (key === null ? nothing : (store.recorded.get(key) ?? nothing)));
