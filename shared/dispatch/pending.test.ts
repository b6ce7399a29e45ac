import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FieldAction } from '../field/schema.ts';
import { withPending } from './pending.ts';
import { dispatchStates } from './schema.ts';
import type { DispatchView } from './schema.ts';

const dispatchId = '019b0000-0000-7000-8000-000000000001';
const offered: DispatchView = {
  id: dispatchId,
  clusterId: '019b0000-0000-7000-8000-00000000000c',
  teamId: '019b0000-0000-7000-8000-00000000000a',
  state: 'offered',
  recheckId: null,
  supporting: false,
  target: { lon: 116.4, lat: 39.9 },
  note: '',
  declineReason: null,
  offeredAt: '2026-01-05T18:00:00.000Z',
  acceptedAt: null,
  enRouteAt: null,
  onSceneAt: null,
  endedAt: null,
};
type Step = 'accept' | 'setOff' | 'arrive' | 'close' | 'decline';
const step = (kind: Step, minute: number, id = dispatchId): FieldAction => {
  const base = {
    id,
    at: `2026-01-05T18:${String(minute).padStart(2, '0')}:00.000Z`,
    dispatchId: id,
  };
  return kind === 'decline'
    ? { ...base, kind: 'dispatch.decline', reason: 'ice' }
    : { ...base, kind: `dispatch.${kind}` };
};
const rank = {
  offered: 0,
  accepted: 1,
  en_route: 2,
  on_scene: 3,
  closed: 4,
  declined: 4,
  cancelled: 4,
};

describe('what is queued for a dispatch', () => {
  it('shows as done, at the time it happened', () => {
    const shown = withPending(offered, [step('accept', 1), step('setOff', 2), step('arrive', 9)]);
    expect(shown).toMatchObject({
      state: 'on_scene',
      acceptedAt: '2026-01-05T18:01:00.000Z',
      enRouteAt: '2026-01-05T18:02:00.000Z',
      onSceneAt: '2026-01-05T18:09:00.000Z',
    });
    expect(withPending(shown, [step('close', 20)]).state).toBe('closed');
  });
  it('shows an offer that was turned down as ended', () => {
    expect(withPending(offered, [step('decline', 1)])).toMatchObject({
      state: 'declined',
      declineReason: 'ice',
    });
    expect(withPending({ ...offered, state: 'on_scene' }, [step('decline', 1)]).state).toBe(
      'on_scene',
    );
  });
  it('says nothing of another dispatch', () => {
    const other = '019b0000-0000-7000-8000-000000000002';
    expect(withPending(offered, [step('accept', 1, other)])).toBe(offered);
  });
  it('steps over what the server has not told yet', () => {
    expect(withPending(offered, [step('setOff', 2)]).state).toBe('en_route');
  });
  it('never takes a dispatch back, and never revives one that has ended', () => {
    const steps = fc.constantFrom<Step>('accept', 'setOff', 'arrive', 'close', 'decline');
    fc.assert(
      fc.property(fc.constantFrom(...dispatchStates), fc.array(steps), (state, kinds) => {
        const dispatch = { ...offered, state };
        const shown = withPending(
          dispatch,
          kinds.map((kind, minute) => step(kind, minute)),
        );
        expect(rank[shown.state]).toBeGreaterThanOrEqual(rank[state]);
        if (rank[state] === 4) expect(shown).toBe(dispatch);
      }),
    );
  });
});
