import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { api } from '../kernel/api.ts';
import { useClosureStore } from '../roads/store.ts';
import { renderWithin } from '../testing/render-app.tsx';
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

afterEach(() => {
  cleanup();
  vi.resetAllMocks();
  useBoard.setState({ drawing: null });
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
