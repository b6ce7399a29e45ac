/** Reports as a device would send them. */
import { v7 as uuidv7 } from 'uuid';
import type { Position } from '../../shared/geo/position.ts';
import type { SightingDraft } from '../../shared/sightings/schema.ts';

/** One person seen a minute ago. */
export function draftAt(position: Position, more: Partial<SightingDraft> = {}): SightingDraft {
  return {
    id: uuidv7(),
    position,
    system: 'wgs84',
    accuracyMeters: 10,
    positionSource: 'gps',
    addressText: '',
    seenAt: new Date(Date.now() - 60_000).toISOString(),
    headcount: 1,
    flags: [],
    needs: [],
    note: '',
    contactPhone: '',
    ...more,
  };
}
