import { describe, expect, it } from 'vitest';
import type { ClusterView } from '../../shared/clusters/schema.ts';
import type { DispatchState, DispatchView } from '../../shared/dispatch/schema.ts';
import { noticesOf } from './notices.ts';

const task = (state: DispatchState, change: Partial<DispatchView> = {}): DispatchView => ({
  id: 'd1',
  clusterId: 'c1',
  teamId: 'own',
  state,
  recheckId: null,
  supporting: false,
  target: { lon: 0, lat: 0 },
  note: '',
  declineReason: null,
  offeredAt: '2026-01-05T18:03:00.000Z',
  acceptedAt: null,
  enRouteAt: null,
  onSceneAt: null,
  endedAt: null,
  ...change,
});
const world = (dispatches: DispatchView[], open: Record<string, boolean> = {}) => ({
  dispatches: new Map(dispatches.map((dispatch) => [dispatch.id, dispatch])),
  clusters: new Map(
    Object.entries(open).map(([id, isOpen]) => [id, { id, open: isOpen } as ClusterView]),
  ),
});
const kinds = (
  before: ReturnType<typeof world>,
  after: ReturnType<typeof world>,
  own: string[] = [],
) => noticesOf('own', before, after, new Set(own)).map(({ kind }) => kind);

describe('what a team is told of its tasks', () => {
  it('a new offer, but not that of another team', () => {
    const other = task('offered', { id: 'd2', teamId: 'other' });
    expect(kinds(world([]), world([task('offered'), other]))).toEqual(['offered']);
  });
  it('that its destination moved with a merge, with the place it moved to', () => {
    const found = noticesOf(
      'own',
      world([task('en_route')]),
      world([task('en_route', { clusterId: 'c2' })]),
      new Set(),
    );
    expect(found).toMatchObject([{ kind: 'redirected', clusterId: 'c2' }]);
  });
  it('that the desk cancelled or closed it, but not what this screen did itself', () => {
    expect(kinds(world([task('en_route')]), world([task('cancelled')]))).toEqual(['cancelled']);
    expect(kinds(world([task('on_scene')]), world([task('closed')]))).toEqual(['closed']);
    expect(kinds(world([task('on_scene')]), world([task('closed')]), ['d1'])).toEqual([]);
  });
  it('that it was over when the connection came back', () => {
    expect(kinds(world([task('accepted')]), world([]))).toEqual(['gone']);
  });
  it('that all reports at its destination were closed', () => {
    const tasks = [task('accepted')];
    expect(kinds(world(tasks, { c1: true }), world(tasks, { c1: false }))).toEqual(['emptied']);
    expect(kinds(world(tasks, { c1: true }), world(tasks, { c1: true }))).toEqual([]);
  });
  it('nothing of its own steps forward', () => {
    expect(kinds(world([task('offered')]), world([task('accepted')]))).toEqual([]);
  });
});
