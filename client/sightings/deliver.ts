import { api } from '../kernel/api.ts';
import type { Outgoing, Receipt } from './outbox.ts';

/** Takes one outgoing report to the server: a signed-in person's report or edit, or a public tip. */
export async function deliver(item: Outgoing): Promise<Receipt> {
  if (item.userId === null) {
    const answer = await api.tips.report.mutate({ cityId: item.cityId, sighting: item.draft });
    return { trackingCode: answer.trackingCode, receivedAt: answer.receivedAt, version: 1 };
  }
  if (item.version !== null) {
    const detail = await api.sightings.edit.mutate({ ...item.draft, version: item.version });
    return { trackingCode: null, receivedAt: detail.receivedAt, version: detail.version };
  }
  const answer = await api.sightings.report.mutate(item.draft);
  return { trackingCode: null, receivedAt: answer.receivedAt, version: 1 };
}
