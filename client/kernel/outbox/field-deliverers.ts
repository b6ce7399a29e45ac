/** Takes field actions to the server: all kinds by the one procedure. */
import type { FieldAction, FieldActionKind } from '../../../shared/field/schema.ts';
import { api, asPerson } from '../api.ts';
import { registerDeliverer } from './outbox.ts';

const kinds: Record<FieldActionKind, true> = {
  'sighting.report': true,
  'sighting.edit': true,
  'sighting.withdraw': true,
  'dispatch.accept': true,
  'dispatch.setOff': true,
  'dispatch.arrive': true,
  'dispatch.close': true,
  'dispatch.decline': true,
  'encounter.record': true,
  'keyPoint.visit': true,
  'shift.start': true,
  'shift.end': true,
  'shift.checkIn': true,
  'track.points': true,
  'sos.raise': true,
  'supply.move': true,
};

export function registerFieldDeliverers(): void {
  for (const kind of Object.keys(kinds) as FieldActionKind[])
    registerDeliverer(kind, (item) =>
      api.field.submit.mutate(item.payload as FieldAction, asPerson(item.userId)),
    );
}
