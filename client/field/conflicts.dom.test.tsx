import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ConflictDetail, ConflictView } from '../../shared/field/schema.ts';
import { api } from '../kernel/api.ts';
import { renderWithin } from '../testing/render-app.tsx';
import { notifyDone, notifyFault } from '../ui/notify.tsx';
import { ConflictList } from './conflict-list.tsx';
import { ConflictNotices } from './conflict-notices.tsx';
import { useConflictStore } from './store.ts';

vi.mock('../kernel/api.ts', () => ({
  api: { field: { settle: { mutate: vi.fn() }, readDetails: { query: vi.fn() } } },
}));
vi.mock('../ui/notify.tsx', () => ({ notifyDone: vi.fn(), notifyFault: vi.fn() }));
const settle = vi.mocked(api.field.settle.mutate);
const readDetails = vi.mocked(api.field.readDetails.query);

const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
const conflictOf = (id: string, more: Partial<ConflictView> = {}): ConflictView => ({
  id,
  kind: 'dispatch_gone',
  action: 'dispatch.arrive',
  teamId: 'north',
  dispatchId: 'd1',
  clusterId: 'c1',
  recheckId: null,
  sightingId: null,
  otherTeamId: 'south',
  at: hourAgo,
  receivedAt: new Date().toISOString(),
  settledAt: null,
  ...more,
});
const keep = (...conflicts: ConflictView[]) =>
  act(() => useConflictStore.setState({ byId: new Map(conflicts.map((one) => [one.id, one])) }));
const names: Record<string, string> = { north: '北队', south: '南队' };
const teamName = (id: string) => names[id] ?? null;

afterEach(() => {
  cleanup();
  vi.clearAllMocks();
  keep();
});

describe('what a patrol is told of its late actions', () => {
  it('names the team that has the place now, for the own team alone', () => {
    keep(
      conflictOf('x1'),
      conflictOf('x2', { teamId: 'south', otherTeamId: 'north', kind: 'recheck_settled' }),
    );
    renderWithin(<ConflictNotices teamId="north" teamName={teamName} />);
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
    expect(screen.getByText(/given to 南队/)).toBeTruthy();
    expect(screen.getByText(/^Arrived at/)).toBeTruthy();
  });

  it('tells apart who has it: nobody, another, or the same team anew', () => {
    keep(conflictOf('x1', { otherTeamId: null }), conflictOf('x2', { otherTeamId: 'north' }));
    renderWithin(<ConflictNotices teamId="north" teamName={teamName} />, { language: 'zh-CN' });
    expect(screen.getByText(/已不在了/)).toBeTruthy();
    expect(screen.getByText(/又重新派给了你们/)).toBeTruthy();
  });

  it('shows nothing where there is nothing, and goes when the desk has looked', () => {
    const { container } = renderWithin(<ConflictNotices teamId="north" teamName={teamName} />);
    expect(container.querySelector('ul')).toBeNull();
    keep(conflictOf('x1'));
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
    keep();
    expect(container.querySelector('ul')).toBeNull();
  });
});

describe('what the desk sees of them', () => {
  it('both teams in one sentence, the place, and nothing else before it asks', () => {
    const show = vi.fn();
    keep(conflictOf('x1'));
    renderWithin(<ConflictList mayAct teamName={teamName} onShow={show} />);
    expect(screen.getByText('北队 did not know that the place was given to 南队.')).toBeTruthy();
    fireEvent.click(screen.getByText('Show place'));
    expect(show).toHaveBeenCalledWith('c1');
    expect(readDetails).not.toHaveBeenCalled();
  });

  it('what was written, once it is asked for', async () => {
    const conflict = conflictOf('x1');
    const detail: ConflictDetail = {
      conflict,
      userName: '李师傅',
      actions: [
        { action: 'dispatch.decline', at: hourAgo, held: { to: 'declined', reason: '车坏了' } },
        { action: 'sighting.edit', at: hourAgo, held: { edit: { note: '桥下', headcount: 3 } } },
        { action: 'encounter.record', at: hourAgo, held: { outcome: 'police' } },
        { action: 'dispatch.setOff', at: hourAgo, held: { to: 'en_route' } },
      ],
    };
    readDetails.mockResolvedValue(detail);
    keep(conflict);
    renderWithin(<ConflictList mayAct teamName={teamName} />);
    fireEvent.click(screen.getByText(/Show what was written/));
    await waitFor(() => expect(screen.getByText('recorded by 李师傅')).toBeTruthy());
    expect(readDetails).toHaveBeenCalledWith({ id: 'x1' });
    for (const text of [/车坏了/, /桥下/, 'People: 3', /^Outcome: /, 'Nothing more was written'])
      expect(screen.getByText(text)).toBeTruthy();
  });

  it('is settled with one press, and stays where that fails', async () => {
    keep(conflictOf('x1'));
    renderWithin(<ConflictList mayAct teamName={teamName} />);
    settle.mockRejectedValueOnce(new Error('away'));
    fireEvent.click(screen.getByText('Seen'));
    await waitFor(() => expect(notifyFault).toHaveBeenCalledOnce());
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
    settle.mockResolvedValueOnce(conflictOf('x1', { settledAt: hourAgo }));
    fireEvent.click(screen.getByText('Seen'));
    await waitFor(() => expect(notifyDone).toHaveBeenCalledWith('Noted as seen'));
    expect(settle).toHaveBeenCalledWith({ id: 'x1' });
  });

  it('is only to be read where one may not act, and is calm when empty', () => {
    keep(conflictOf('x1'));
    renderWithin(<ConflictList mayAct={false} teamName={teamName} />);
    expect(screen.queryByText('Seen')).toBeNull();
    expect(screen.queryByText(/Show what was written/)).toBeNull();
    keep();
    expect(screen.getByText('Nothing to look at')).toBeTruthy();
  });
});
