import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { keyPointVisitSchema } from '../../shared/key-points/schema.ts';
import type { KeyPointView, KeyPointVisit } from '../../shared/key-points/schema.ts';
import { OutboxFull } from '../kernel/outbox/outbox-full.ts';
import { renderWithin } from '../testing/render-app.tsx';
import { KeyPointFacts } from './key-point-facts.tsx';
import { VisitForm } from './visit-form.tsx';

const keyPoint: KeyPointView = {
  id: '01890000-0000-7000-8000-0000000000b1',
  name: 'Jiefang underpass',
  kind: 'underpass',
  lon: 125.3,
  lat: 43.9,
  radiusMeters: 40,
  fromHour: 20,
  toHour: 6,
  normalEveryMinutes: 240,
  coldEveryMinutes: 120,
  note: 'stairs on the east side',
  source: 'drawn',
  lastVisitAt: new Date(Date.now() - 40 * 60_000).toISOString(),
  lastVisitHow: 'dwell',
  lastVisitTeamId: 't1',
  removed: false,
};
afterEach(cleanup);

describe('a key point', () => {
  it('says when it was seen, by whom and how, its hours and how often', () => {
    renderWithin(
      <KeyPointFacts
        judged={{
          keyPoint,
          due: {
            state: 'overdue',
            dueAt: new Date(Date.now() - 10 * 60_000).toISOString(),
            overdueMinutes: 10,
          },
        }}
        coldNight={1}
        teamName="Team One"
      />,
    );
    expect(screen.getByText(/overdue by 10 min/)).toBeDefined();
    expect(screen.getByText('Team One saw it 40 min ago (stayed there)')).toBeDefined();
    expect(screen.getByText(/Key hours 20:00–06:00 · every 2 h/)).toBeDefined();
    expect(screen.getByText('stairs on the east side')).toBeDefined();
  });
});

describe('a recorded visit', () => {
  const send = vi.fn<(visit: KeyPointVisit) => Promise<void>>();
  const done = vi.fn();
  it('is one tap; without a position it is that of the key point, and a full tablet loses nothing', async () => {
    send.mockRejectedValueOnce(new OutboxFull('full'));
    send.mockResolvedValueOnce();
    renderWithin(
      <VisitForm
        keyPoint={keyPoint}
        here={null}
        onSend={send}
        onDone={done}
        onBack={() => undefined}
      />,
    );
    fireEvent.click(screen.getByText('Nobody there'));
    fireEvent.change(screen.getByLabelText(/Note/), { target: { value: 'blanket left' } });
    fireEvent.submit(document.querySelector('form')!);
    await screen.findByRole('alert');
    fireEvent.submit(document.querySelector('form')!);
    await waitFor(() => expect(done).toHaveBeenCalledOnce());
    const [first, second] = send.mock.calls.map(([visit]) => visit);
    expect(second).toEqual(first);
    expect(keyPointVisitSchema.safeParse(second).success).toBe(true);
    expect(second).toMatchObject({
      keyPointId: keyPoint.id,
      position: { lon: 125.3, lat: 43.9 },
      note: 'Nobody there · blanket left',
    });
  });
});
