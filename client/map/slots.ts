/**
 * The stacking order of everything drawn on the map. Each slot ends at a marker layer of the style
 * that draws nothing; a layer is put right under its slot's marker. Cells, zones and coverage lie
 * under the names of streets and places, so that a name is never hidden by a colour.
 */
export const SLOTS = [
  'cells',
  'zones',
  'coverage',
  'sightings',
  'clusters',
  'stations',
  'teams',
  'selection',
] as const;
export type Slot = (typeof SLOTS)[number];

export const SLOTS_UNDER_LABELS: readonly Slot[] = ['cells', 'zones', 'coverage'];
export const SLOTS_OVER_LABELS: readonly Slot[] = SLOTS.filter(
  (slot) => !SLOTS_UNDER_LABELS.includes(slot),
);

const MARKER_PREFIX = 'slot-end-';

export function slotMarkerId(slot: Slot): string {
  return `${MARKER_PREFIX}${slot}`;
}

/** Everything a layer component adds carries this, which tells it apart from the base map. */
export const OWN_PREFIX = 'nx-';
