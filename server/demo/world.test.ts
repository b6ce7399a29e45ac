import { describe, expect, it } from 'vitest';
import type { DispatchView } from '../../shared/dispatch/schema.ts';
import type { CityMirror } from './city-mirror.ts';
import type { Cast } from './cast.ts';
import { dice } from './dice.ts';
import { World } from './world.ts';

const dispatch = (state: DispatchView['state']): DispatchView => ({
  id: 'd1',
  clusterId: 'c1',
  teamId: 't1',
  state,
  recheckId: null,
  supporting: false,
  target: { lon: 0, lat: 0 },
  note: '',
  declineReason: null,
  offeredAt: '2026-01-05T18:00:00.000Z',
  acceptedAt: null,
  enRouteAt: null,
  onSceneAt: null,
  endedAt: null,
});

const emptyWorld = () =>
  new World({
    surroundings: {
      cityId: 'x',
      bounds: [0, 0, 1, 1],
      streets: null,
      places: [],
      shareOfChinese: 1,
    },
    cast: {} as Cast,
    mirror: { dispatches: new Map(), clusters: new Map() } as unknown as CityMirror,
    dice: dice(1),
    log: () => undefined,
    speed: 1,
    demoTeam: null,
  });

describe('what is left to real people', () => {
  it('is a team and a place that somebody else moved along', () => {
    const world = emptyWorld();
    world.noticeDispatch(dispatch('accepted'), dispatch('offered'));
    expect(world.isTeamHeld('t1')).toBe(true);
    expect(world.isClusterHeld('c1')).toBe(true);
    expect(world.isTeamHeld('t2')).toBe(false);
  });

  it('is not what the simulated people did themselves, nor a repeated event', () => {
    const world = emptyWorld();
    world.announceStep('d1', 'accepted');
    world.noticeDispatch(dispatch('accepted'), dispatch('offered'));
    world.noticeDispatch(dispatch('accepted'), dispatch('accepted'));
    expect(world.isTeamHeld('t1')).toBe(false);
    expect(world.isClusterHeld('c1')).toBe(false);
  });

  it('is the place, but not the crew, when somebody at the desk sent it or called it back', () => {
    const world = emptyWorld();
    world.noticeDispatch(dispatch('offered'), undefined);
    world.noticeDispatch(dispatch('cancelled'), dispatch('offered'));
    expect(world.isTeamHeld('t1')).toBe(false);
    expect(world.isClusterHeld('c1')).toBe(true);
  });
});
