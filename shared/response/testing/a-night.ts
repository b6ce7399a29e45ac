/** A cold night for tests: orange, declared by a person, in force. */
import { usualEffects } from '../effects.ts';
import type { ActivationView } from '../schema.ts';

export const aNight = (said: Partial<ActivationView> = {}): ActivationView => ({
  id: '0190a0f0-0000-7000-8000-000000000001',
  level: 'orange',
  temperatureCelsius: -13,
  windKmh: 20,
  feltCelsius: -21.6,
  note: '',
  drill: false,
  reasons: [],
  declaredAt: '2026-01-05T12:00:00.000Z',
  byRule: false,
  untilAt: null,
  endedAt: null,
  proposalId: null,
  effects: usualEffects[said.level ?? 'orange'],
  ...said,
});
