import { cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { AlarmView } from '../../shared/crew/schema.ts';
import { useCrew } from '../crew/store.ts';
import { useOutbox } from '../kernel/outbox/outbox.ts';
import type { OutboxItem } from '../kernel/outbox/outbox.ts';
import { renderWithin } from '../testing/render-app.tsx';
import { useRaisedSos } from './use-sos.ts';

const at = '2026-01-05T18:00:00.000Z';
const session = {
  cityId: 'demo',
  user: { id: 'u', role: 'patrol', teamId: 'team' },
} as Parameters<typeof renderWithin>[1] extends { session?: infer S } | undefined ? S : never;

const call = (id: string, state: OutboxItem['state']): OutboxItem => ({
  id,
  subject: 'sos',
  kind: 'sos.raise',
  at,
  madeAt: at,
  cityId: 'demo',
  userId: 'u',
  payload: { kind: 'sos.raise', id, at, sos: { id, place: null } },
  blobId: null,
  urgent: true,
  attempts: 1,
  lastTriedAt: at,
  state,
  fault: null,
  order: 1,
});
const alarm = (id: string): AlarmView => ({
  id,
  kind: 'sos',
  teamId: 'team',
  shiftId: null,
  raisedAt: at,
  receivedAt: at,
  lon: null,
  lat: null,
  accuracyMeters: null,
  positionedAt: null,
  acknowledgedAt: at,
  acknowledgedByName: 'Zhao',
  endedAt: null,
});

function Shown() {
  const sos = useRaisedSos('team');
  return <p>{sos === null ? 'none' : `${sos.id} ${sos.waiting ? 'waiting' : 'there'}`}</p>;
}
const show = (items: OutboxItem[], alarms: AlarmView[]) => {
  useOutbox.setState({ items });
  useCrew.setState({ alarms: new Map(alarms.map((one) => [one.id, one])) });
  renderWithin(<Shown />, { session });
};

afterEach(() => {
  cleanup();
  useOutbox.setState({ items: [] });
  useCrew.setState({ alarms: new Map() });
});

describe('a call for help that is under way', () => {
  it('stays in sight when the server refused it', () => {
    show([call('a', 'refused')], []);
    expect(screen.getByText('a waiting')).toBeDefined();
  });
  it('is not taken for an earlier one that somebody has', () => {
    show([call('b', 'waiting')], [alarm('a')]);
    expect(screen.getByText('b waiting')).toBeDefined();
  });
  it('is there once the desk has it', () => {
    show([], [alarm('a')]);
    expect(screen.getByText('a there')).toBeDefined();
  });
});
