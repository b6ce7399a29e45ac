import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AlarmView } from '../../shared/crew/schema.ts';
import { useCrew } from '../crew/store.ts';
import { api } from '../kernel/api.ts';
import { usePatrols } from '../patrols/store.ts';
import { renderWithin } from '../testing/render-app.tsx';
import { AlarmBar } from './alarm-bar.tsx';
import { useBoard } from './store.ts';

vi.mock('../kernel/api.ts', () => ({
  api: { crew: { acknowledge: { mutate: vi.fn() }, end: { mutate: vi.fn() } } },
}));
const acknowledge = vi.mocked(api.crew.acknowledge.mutate);

const team = {
  id: 'north',
  name: '北队',
  callSign: 'N1',
  vehicle: '',
  areaId: null,
  onDuty: true,
  skills: [],
  shiftEndsAt: null,
  breakFromAt: null,
  breakMinutes: 0,
  removed: false,
};
const sos: AlarmView = {
  id: 'a1',
  kind: 'sos',
  teamId: 'north',
  shiftId: null,
  raisedAt: new Date(Date.now() - 120_000).toISOString(),
  receivedAt: new Date(Date.now() - 119_000).toISOString(),
  lon: 116.41,
  lat: 39.91,
  accuracyMeters: 8,
  positionedAt: new Date(Date.now() - 180_000).toISOString(),
  acknowledgedAt: null,
  acknowledgedByName: null,
  endedAt: null,
};
const show = (alarms: AlarmView[], mayAct = true) => {
  usePatrols.setState({ teams: new Map([[team.id, team]]) });
  useCrew.setState({ alarms: new Map(alarms.map((alarm) => [alarm.id, alarm])) });
  return renderWithin(<AlarmBar mayAct={mayAct} />);
};

afterEach(() => {
  cleanup();
  vi.clearAllMocks();
});

describe('the alarms on the board', () => {
  it('say who calls, where they were last, and take an acknowledgement', async () => {
    acknowledge.mockResolvedValueOnce(sos);
    show([sos]);
    expect(screen.getByRole('alert').textContent).toContain('北队 calls for help');
    expect(screen.getByText(/last place 3 min ago/)).toBeTruthy();
    const before = useBoard.getState().focusCount;
    fireEvent.click(screen.getByText('Show place').closest('button')!);
    expect(useBoard.getState()).toMatchObject({
      spot: { lon: 116.41, lat: 39.91 },
      focusCount: before + 1,
    });
    fireEvent.click(screen.getByText('I am on it').closest('button')!);
    await waitFor(() => expect(acknowledge).toHaveBeenCalledWith({ id: 'a1' }));
  });

  it('put a call for help that nobody has taken before all others', () => {
    const missed: AlarmView = { ...sos, id: 'a0', kind: 'missed_check_in', raisedAt: sos.raisedAt };
    const taken = { ...sos, id: 'a2', acknowledgedAt: sos.raisedAt, acknowledgedByName: '王' };
    show([taken, missed, sos]);
    const rows = screen.getAllByRole('alert').map(({ textContent }) => textContent);
    expect(rows).toEqual(['北队 calls for help', '北队 has not checked in', '北队 calls for help']);
    expect(screen.getByText(/王 is on it/)).toBeTruthy();
  });

  it('are muted for the calls that are there, and sound for the next', () => {
    vi.stubGlobal('AudioContext', undefined);
    show([sos]);
    const button = () => document.querySelector<HTMLElement>('[aria-pressed]')!;
    fireEvent.click(button());
    expect(button().getAttribute('aria-pressed')).toBe('true');
    const next: AlarmView = { ...sos, id: 'a9' };
    act(() => useCrew.setState({ alarms: new Map([sos, next].map((one) => [one.id, one])) }));
    expect(button().getAttribute('aria-pressed')).toBe('false');
    vi.unstubAllGlobals();
  });

  it('say when it was heard late, and that there is no place', () => {
    const raisedAt = new Date(Date.parse(sos.receivedAt) - 3_600_000).toISOString();
    show([{ ...sos, raisedAt, lon: null, lat: null, positionedAt: null }], false);
    expect(screen.getByText(/Heard late/)).toBeTruthy();
    expect(screen.getByText(/no position/)).toBeTruthy();
    expect(screen.queryByText('Show place')).toBeNull();
    expect(screen.queryByText('I am on it')).toBeNull();
  });
});
