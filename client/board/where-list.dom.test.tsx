import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { indexOfCell } from '../../shared/zones/cell-field.ts';
import { api } from '../kernel/api.ts';
import { useClosureStore } from '../roads/store.ts';
import { renderWithin } from '../testing/render-app.tsx';
import { useStationsStore } from '../stations/store.ts';
import { useCold } from '../zones/store.ts';
import { middleCell, testField, testNow } from '../zones/testing.ts';
import { ColdSceneProvider } from './cold-scene.tsx';
import { useBoard } from './store.ts';
import { WhereList } from './where-list.tsx';

vi.mock('../kernel/api.ts', () => ({ api: { roads: { open: { mutate: vi.fn() } } } }));
vi.mock('../ui/notify.tsx', () => ({ notifyDone: vi.fn(), notifyFault: vi.fn() }));

const open = vi.mocked(api.roads.open.mutate);
const closure = {
  id: 'c1',
  reason: 'Icy bridge',
  boundary: { type: 'Polygon' as const, coordinates: [] },
  closedAt: '2026-01-05T18:03:00.000Z',
  closedByName: 'Wang Min',
};

beforeEach(() => {
  vi.useFakeTimers({ now: testNow, toFake: ['Date'] });
});
afterEach(() => {
  cleanup();
  vi.resetAllMocks();
  vi.useRealTimers();
  useBoard.setState({ drawing: null, hoursAhead: 0, cell: null });
  useCold.setState({ field: null });
  useClosureStore.setState({ byId: new Map() });
});

it('draws a closure or an area, never both', () => {
  renderWithin(<WhereList />);
  expect(screen.getByText('No roads are closed')).toBeTruthy();
  fireEvent.click(screen.getByText('Draw a closure'));
  expect(useBoard.getState().drawing).toBe('closure');
  fireEvent.click(screen.getByText('Draw a priority area'));
  expect(useBoard.getState().drawing).toBe('zone');
});

it('says what is closed and opens it again', async () => {
  open.mockResolvedValue(closure as never);
  useClosureStore.setState({ byId: new Map([['c1', closure as never]]) });
  renderWithin(<WhereList />);
  expect(screen.getByText('Icy bridge')).toBeTruthy();
  fireEvent.click(screen.getByText('Open again'));
  await waitFor(() => expect(open).toHaveBeenCalledWith({ id: 'c1' }));
});

it('lists where help is owed most with its reason and the nearest name, and chooses it everywhere', () => {
  const field = testField();
  const middle = indexOfCell(field, middleCell);
  field.livePeople[middle] = 4;
  field.livePeople[indexOfCell(field, field.cells[0]!)] = 1;
  useCold.setState({ field });
  useStationsStore.setState({
    byId: new Map([['s', { id: 's', name: 'East Station', lon: 116.4, lat: 39.9 } as never]]),
  });
  renderWithin(
    <ColdSceneProvider>
      <WhereList />
    </ColdSceneProvider>,
  );
  const rows = screen.getAllByRole('button', { name: /Step \d/ });
  expect(rows[0]!.textContent).toMatch(
    /East Station.*about 4 people reported now.*no team has been here/,
  );
  expect(rows[0]!.textContent).toContain('felt temperature not known');
  fireEvent.click(rows[0]!);
  expect(useBoard.getState().cell).toBe(middleCell);
  act(() => useBoard.setState({ hoursAhead: 2 }));
  expect(screen.getByText('Where help is likely to be owed most at 04:03')).toBeTruthy();
});
