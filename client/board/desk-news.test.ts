import { describe, expect, it } from 'vitest';
import type { ClusterView } from '../../shared/clusters/schema.ts';
import type { DispatchView } from '../../shared/dispatch/schema.ts';
import { deskNewsOf } from './desk-news.ts';
import type { World } from './desk-news.ts';

const at = '2026-01-05T18:03:00.000Z';
const dispatch = (change: Partial<DispatchView> = {}): DispatchView => ({
  id: 'd',
  clusterId: 'a',
  teamId: 't',
  state: 'en_route',
  recheckId: null,
  supporting: false,
  note: '',
  target: { lon: 0, lat: 0 },
  offeredAt: at,
  acceptedAt: at,
  enRouteAt: at,
  onSceneAt: null,
  endedAt: null,
  declineReason: null,
  ...change,
});
const cluster = (id: string, open: boolean): ClusterView => ({
  id,
  open,
  lon: 0,
  lat: 0,
  radiusMeters: 0,
  headcountLow: 1,
  headcountLikely: 1,
  firstSeenAt: at,
  lastSeenAt: at,
  reportCount: 1,
  reportsByKind: {},
  flags: [],
  needs: [],
  attendedAt: null,
  notFoundCount: 0,
  byHand: false,
  createdAt: at,
  endedAt: open ? null : at,
  endReason: open ? null : 'emptied',
  mergedInto: null,
});
const world = (task: DispatchView, ...clusters: ClusterView[]): World => ({
  dispatches: new Map([[task.id, task]]),
  clusters: new Map(clusters.map((one) => [one.id, one])),
});
const kinds = (before: World, after: World) => deskNewsOf(before, after).map(({ kind }) => kind);

describe('what the desk is told', () => {
  const before = world(dispatch(), cluster('a', true));
  it('a team that declines, with its reason', () => {
    const task = dispatch({ state: 'declined', declineReason: '离得太远', endedAt: at });
    expect(deskNewsOf(before, world(task, cluster('a', true)))).toEqual([
      { kind: 'declined', dispatch: task },
    ]);
  });
  it('a destination whose reports have all ended while a team is on its way', () => {
    expect(kinds(before, world(dispatch(), cluster('a', false)))).toEqual(['emptied']);
  });
  it('also when the place stays open for the team alone', () => {
    const left = { ...cluster('a', true), reportCount: 0 };
    expect(kinds(before, world(dispatch(), left))).toEqual(['emptied']);
    expect(kinds(world(dispatch(), left), world(dispatch(), cluster('a', false)))).toEqual([]);
  });
  it('a destination that became part of another place', () => {
    const moved = world(dispatch({ clusterId: 'b' }), cluster('a', false), cluster('b', true));
    expect(kinds(before, moved)).toEqual(['redirected']);
  });
  it('nothing about steps on the way, or a task that was done', () => {
    expect(kinds(before, world(dispatch({ state: 'on_scene' }), cluster('a', true)))).toEqual([]);
    expect(kinds(before, world(dispatch({ state: 'closed' }), cluster('a', false)))).toEqual([]);
  });
});
