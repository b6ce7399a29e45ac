import 'fake-indexeddb/auto';
import { act, cleanup, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Role, SessionView } from '../../shared/accounts/schema.ts';
import type { StationView } from '../../shared/stations/schema.ts';
import { api } from '../kernel/api.ts';
import { forget, keepFor, readKept } from '../kernel/kept.ts';
import { SessionProvider, useSession } from '../kernel/session.tsx';
import { emptyCity } from './city-state.ts';
import type { CityState } from './city-state.ts';
import { createCityKeeper, readKeptCity } from './kept-city.ts';
import { CallError } from '../kernel/call-error.ts';

vi.mock('../kernel/api.ts', () => ({
  api: { accounts: { me: { query: vi.fn() }, logout: { mutate: vi.fn() } } },
}));
const me = vi.mocked(api.accounts.me.query);
const logout = vi.mocked(api.accounts.logout.mutate);
const unreachable = () => new CallError('Failed to fetch');

const signedIn = (id: string, role: Role = 'patrol', cityId = 'demo'): SessionView => ({
  cityId,
  user: {
    id,
    username: id,
    displayName: id,
    role,
    reporterKind: null,
    teamId: null,
    stationId: null,
    disabled: false,
  },
});
const station = { id: 's', name: 'North shelter', removed: false } as StationView;
const city: CityState = {
  ...emptyCity,
  seq: 41,
  stations: new Map([['s', station]]),
  media: new Map([['m', { id: 'm' } as never]]),
};

async function keepOf(session: SessionView, state = city, cells: string[] | null = null) {
  const keeper = createCityKeeper(session, () => true);
  keeper.keep(state, cells, new Map());
  await vi.waitFor(async () => expect(await readKept(`city ${session.user.id}`)).not.toBeNull(), {
    timeout: 8_000,
  });
  keeper.stop();
}

beforeEach(async () => {
  localStorage.clear();
  await forget(null);
  await keepFor('nobody');
});
afterEach(() => {
  cleanup();
  vi.resetAllMocks();
});

it('the last state of the city is restored, with its number and its area', async () => {
  const anna = signedIn('anna');
  await keepFor('anna');
  await keepOf(anna, city, ['8631aa']);
  const kept = await readKeptCity(anna);
  expect(kept?.state.stations.get('s')).toEqual(station);
  expect(kept?.state.seq).toBe(41);
  expect(kept?.cells).toEqual(['8631aa']);
  expect(kept?.state.media.size).toBe(0);
});

it('nobody else is shown it: not another person, not another role, not another city', async () => {
  await keepFor('anna');
  await keepOf(signedIn('anna'));
  expect(await readKeptCity(signedIn('ben'))).toBeNull();
  expect(await readKeptCity(signedIn('anna', 'reporter'))).toBeNull();
  expect(await readKeptCity(signedIn('anna', 'patrol', 'other'))).toBeNull();
  await keepFor('ben');
  expect(await readKeptCity(signedIn('anna'))).toBeNull();
});

it('signing out takes it away, and a write that was on its way comes to nothing', async () => {
  await keepFor('anna');
  await keepOf(signedIn('anna'));
  const late = createCityKeeper(signedIn('anna'), () => true);
  late.keep(city, null, new Map());
  await forget('anna');
  Object.defineProperty(document, 'visibilityState', { configurable: true, value: 'hidden' });
  document.dispatchEvent(new Event('visibilitychange'));
  Object.defineProperty(document, 'visibilityState', { configurable: true, value: 'visible' });
  late.stop();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await readKeptCity(signedIn('anna'))).toBeNull();
});

function Who() {
  const { session, signOut } = useSession();
  return (
    <button type="button" onClick={() => void signOut()}>
      {session === undefined ? 'asking' : (session?.user.id ?? 'nobody')}
    </button>
  );
}
const open = () =>
  render(
    <SessionProvider>
      <Who />
    </SessionProvider>,
  );

it('no network does not sign out; the server’s word does', async () => {
  me.mockResolvedValue(signedIn('anna'));
  open();
  await screen.findByText('anna');
  await waitFor(async () => expect(await readKept('session')).not.toBeNull());
  cleanup();
  me.mockRejectedValue(unreachable());
  open();
  await screen.findByText('anna');
  cleanup();
  me.mockResolvedValue(null);
  open();
  await screen.findByText('nobody');
  await waitFor(async () => expect(await readKept('session')).toBeNull());
});

it('signing out with no network holds after the app is opened again, and the server is told when it can be', async () => {
  me.mockResolvedValue(signedIn('anna'));
  logout.mockRejectedValue(unreachable());
  open();
  await screen.findByText('anna');
  await act(async () => screen.getByRole('button').click());
  await screen.findByText('nobody');
  cleanup();
  open();
  await screen.findByText('nobody');
  cleanup();
  logout.mockResolvedValue(undefined as never);
  open();
  await screen.findByText('nobody');
  await waitFor(() => expect(localStorage.getItem('nuanxun.leaving')).toBe('false'));
  expect(me).toHaveBeenCalledOnce();
});
