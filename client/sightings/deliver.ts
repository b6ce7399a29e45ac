/**
 * How reports leave the outbox. A public tip has its own door; reports, edits and withdrawals of signed-in people go
 * as every action of the field does. What was sent is remembered where the answer arrives, whichever screen is open.
 */
import type { FieldAction, FieldAnswer } from '../../shared/field/schema.ts';
import type { SightingDraft } from '../../shared/sightings/schema.ts';
import { api } from '../kernel/api.ts';
import { onAnswer, registerDeliverer } from '../kernel/outbox/outbox.ts';
import type { OutboxItem } from '../kernel/outbox/outbox.ts';
import { rememberSent } from './sent-reports.ts';

export interface TipPayload {
  cityId: string;
  sighting: SightingDraft;
}
interface TipAnswer {
  trackingCode: string;
}

let started = false;

/** Called once, where the outbox is started; again does nothing. */
export function startReporting(): void {
  if (started) return;
  started = true;
  registerDeliverer('tip.report', (item) => api.tips.report.mutate(item.payload as TipPayload));
  onAnswer(remember);
}

function remember(item: OutboxItem, answer: unknown): void {
  const { cityId, userId } = item;
  const sentAt = new Date().toISOString();
  if (item.kind === 'tip.report') {
    const { sighting: draft } = item.payload as TipPayload;
    const { trackingCode } = answer as TipAnswer;
    rememberSent({ draft, cityId, userId, version: 1, trackingCode, sentAt });
    return;
  }
  if (item.kind !== 'sighting.report' && item.kind !== 'sighting.edit') return;
  const action = item.payload as FieldAction;
  if (action.kind === 'sighting.report') {
    const version = (answer as FieldAnswer).version ?? 1;
    rememberSent({ draft: action.sighting, cityId, userId, version, trackingCode: null, sentAt });
  } else if (action.kind === 'sighting.edit' && (answer as FieldAnswer).result === 'applied') {
    const { version: from, ...draft } = action.sighting;
    const version = (answer as FieldAnswer).version ?? from + 1;
    rememberSent({ draft, cityId, userId, version, trackingCode: null, sentAt });
  }
}

/** The report that waits in an item of the outbox; null = the item is something else. */
export function draftIn(item: Pick<OutboxItem, 'kind' | 'payload'>): {
  draft: SightingDraft;
  version: number | null;
} | null {
  if (item.kind === 'tip.report')
    return { draft: (item.payload as TipPayload).sighting, version: null };
  if (item.kind !== 'sighting.report' && item.kind !== 'sighting.edit') return null;
  const action = item.payload as FieldAction;
  if (action.kind === 'sighting.report') return { draft: action.sighting, version: null };
  if (action.kind !== 'sighting.edit') return null;
  const { version, ...draft } = action.sighting;
  return { draft, version };
}
