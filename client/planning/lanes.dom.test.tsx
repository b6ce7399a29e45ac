import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MoveEffect, PlanView } from '../../shared/planning/schema.ts';
import { api } from '../kernel/api.ts';
import {
  clusterOf,
  jobOf,
  laneOf,
  planNow,
  planOf,
  sceneWith,
  twoTeams,
  visitAt,
} from '../testing/plan-night.ts';
import { renderWithin } from '../testing/render-app.tsx';
import { Notices } from '../ui/notify.tsx';
import { LanesPanel } from './lanes-panel.tsx';
import { PlanSceneContext } from './scene.ts';
import type { PlanScene } from './scene.ts';
import { usePlanScreen } from './screen-store.ts';
import { usePlan } from './store.ts';

vi.mock('../kernel/api.ts', () => ({
  api: {
    planning: { read: { query: vi.fn() }, tryMove: { query: vi.fn() }, move: { mutate: vi.fn() } },
  },
}));
const tryMove = vi.mocked(api.planning.tryMove.query);
const move = vi.mocked(api.planning.move.mutate);

// jsdom has no pointers of its own.
window.PointerEvent ??= class extends MouseEvent {
  readonly isPrimary: boolean;
  readonly pointerType: string;
  constructor(type: string, init: PointerEventInit = {}) {
    super(type, init);
    this.isPrimary = init.isPrimary ?? false;
    this.pointerType = init.pointerType ?? '';
  }
} as never;

const effect = (change: Partial<MoveEffect> = {}): MoveEffect => ({
  jobId: jobOf('a'),
  teamId: 'south',
  deltaMinutes: 9,
  outsideDelta: 14,
  others: [{ jobId: jobOf('d'), deltaMinutes: 15 }],
  breaks: [],
  possible: true,
  ...change,
});

let revision = 100;
function show(change: Partial<PlanScene> = {}, plan: PlanView = twoTeams()) {
  // Answers about moves are kept as long as their plan: each test has its own.
  const shown = { ...plan, revision: ++revision };
  usePlan.setState({ plan: shown, fault: null, first: false, readAt: planNow });
  return renderWithin(
    <PlanSceneContext value={sceneWith(change)}>
      <LanesPanel plan={shown} />
      <Notices />
    </PlanSceneContext>,
  );
}
const job = (letter: string) =>
  document.querySelector<HTMLElement>(`[data-job="${jobOf(letter)}"]`)!;

beforeEach(() => {
  vi.useFakeTimers({ now: planNow, toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  usePlanScreen.setState({ hours: 4, laneTeamId: null });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.clearAllMocks();
  vi.restoreAllMocks();
});

describe('the lanes', () => {
  it('put a visit where its time lies on the axis, its length as long as it takes', () => {
    show();
    const axis = 4 * 60 + 15;
    const box = job('b').parentElement!.style;
    expect(parseFloat(box.left)).toBeCloseTo(((60 + 15) / axis) * 100, 1);
    expect(parseFloat(box.width)).toBeCloseTo((30 / axis) * 100, 1);
  });
  it('say state, times and lateness in words', () => {
    show();
    expect(job('c').getAttribute('aria-label')).toMatch(/stop 1, place c, Sent, 02:05 to 02:20/);
    expect(job('d').getAttribute('aria-label')).toMatch(/Proposed.*12 min late/);
    expect(screen.getByText('12 min late')).toBeTruthy();
    expect(screen.getByText('shift ends 04:00')).toBeTruthy();
    expect(screen.getByRole('img', { name: 'Harbour House at 03:50, 2 people' })).toBeTruthy();
  });
  it('leave out what lies beyond the axis, and show it on a longer one', () => {
    show({}, planOf([laneOf('north', [visitAt('a', 300, 320)])]));
    expect(job('a')).toBeNull();
    fireEvent.click(screen.getByText('8 h'));
    expect(job('a')).toBeTruthy();
  });
  it('are walked with the arrow keys, and Enter opens the reasons', () => {
    const choosePlace = vi.fn();
    show({ choosePlace });
    expect(document.querySelectorAll('[data-job][tabindex="0"]')).toHaveLength(1);
    act(() => job('a').focus());
    const press = (key: string) => fireEvent.keyDown(document.activeElement!, { key });
    press('ArrowRight');
    expect(document.activeElement).toBe(job('b'));
    press('ArrowDown');
    expect(document.activeElement).toBe(job('d'));
    press('Home');
    expect(document.activeElement).toBe(job('c'));
    press('ArrowUp');
    expect(document.activeElement).toBe(job('a'));
    expect(job('a').tabIndex).toBe(0);
    fireEvent.click(document.activeElement!);
    expect(choosePlace).toHaveBeenCalledWith(clusterOf('a'), false);
    expect(usePlanScreen.getState().laneTeamId).toBe('north');
  });
  it('take a lane by its name', () => {
    show();
    fireEvent.click(screen.getByRole('button', { name: /^South/ }));
    expect(usePlanScreen.getState().laneTeamId).toBe('south');
  });
  it('say that no team is on duty', () => {
    show({}, planOf([]));
    expect(screen.getByText('No team is on duty')).toBeTruthy();
  });
  it('draw forty teams', () => {
    const many = Array.from({ length: 40 }, (_, index) => laneOf(`team ${index}`, []));
    show({}, planOf(many));
    const list = screen.getByRole('list', { name: 'What each team does tonight' });
    expect(within(list).getAllByRole('button')).toHaveLength(40);
  });
});

describe('a job carried over the lanes', () => {
  /** The axis of 4 h and a quarter is laid over 1,020 px: 4 px a minute, now at 60. */
  const overLane = (teamId: string) => {
    const row = document.querySelector<HTMLElement>(`[data-lane="${teamId}"]`)!;
    document.elementFromPoint = () => row;
    const track = row.querySelector<HTMLElement>('[data-track]')!;
    track.getBoundingClientRect = () => new DOMRect(0, 0, 1020, 60);
  };
  const at = (minutes: number) => 60 + minutes * 4;
  const pick = (letter: string) =>
    fireEvent.pointerDown(job(letter), {
      button: 0,
      isPrimary: true,
      pointerType: 'mouse',
      clientX: 100,
      clientY: 10,
    });
  const carry = async (minutes: number) => {
    fireEvent.pointerMove(document, { clientX: at(minutes), clientY: 90 });
    await act(() => vi.advanceTimersByTimeAsync(200));
  };
  const letGo = async () => {
    fireEvent.pointerUp(document);
    await act(() => vi.advanceTimersByTimeAsync(10));
  };

  it('shows what would come of it before it is dropped, asks once, and moves on dropping', async () => {
    tryMove.mockResolvedValue(effect());
    move.mockResolvedValue(undefined as never);
    show();
    overLane('south');
    pick('a');
    await carry(40);
    expect(tryMove).toHaveBeenCalledExactlyOnceWith({
      jobId: jobOf('a'),
      teamId: 'south',
      beforeJobId: jobOf('d'),
    });
    expect(screen.getByText('place a → South')).toBeTruthy();
    expect(screen.getByText('Here: 9 min later')).toBeTruthy();
    expect(screen.getByText('stop 2 of South (place d): 15 min later')).toBeTruthy();
    expect(screen.getByText('All in all, people in need wait longer')).toBeTruthy();
    await carry(44);
    expect(tryMove).toHaveBeenCalledTimes(1);
    expect(move).not.toHaveBeenCalled();
    await letGo();
    expect(move).toHaveBeenCalledExactlyOnceWith({
      jobId: jobOf('a'),
      teamId: 'south',
      beforeJobId: jobOf('d'),
    });
    expect(screen.getByText(/South has it now: place a/)).toBeTruthy();
  });
  it('is refused with the reason when it is not possible', async () => {
    tryMove.mockResolvedValue(
      effect({ possible: false, breaks: [{ code: 'no_seat', needed: 3, seats: 2 }] }),
    );
    show();
    overLane('south');
    pick('a');
    await carry(200);
    expect(screen.getByText('That is not possible')).toBeTruthy();
    await letGo();
    expect(move).not.toHaveBeenCalled();
    expect(screen.getByRole('alert').textContent).toContain('3 needed, 2 there');
  });
  it('is given up with Escape, and nothing is asked where it lies already', async () => {
    tryMove.mockResolvedValue(effect());
    show();
    overLane('north');
    pick('a');
    await carry(30);
    expect(tryMove).not.toHaveBeenCalled();
    overLane('south');
    await carry(40);
    expect(screen.getByText('place a → South')).toBeTruthy();
    fireEvent.keyDown(document, { key: 'Escape' });
    expect(screen.queryByText('place a → South')).toBeNull();
    await letGo();
    expect(move).not.toHaveBeenCalled();
  });
  it('needs a finger to rest first, so that the lanes scroll', async () => {
    tryMove.mockResolvedValue(effect());
    show();
    overLane('south');
    const touch = { button: 0, isPrimary: true, pointerType: 'touch', clientX: 100, clientY: 10 };
    fireEvent.pointerDown(job('a'), touch);
    fireEvent.pointerMove(document, { clientX: 100, clientY: 60 });
    await act(() => vi.advanceTimersByTimeAsync(500));
    expect(document.querySelector('[data-carried]')).toBeNull();
    fireEvent.pointerDown(job('a'), touch);
    await act(() => vi.advanceTimersByTimeAsync(400));
    expect(job('a').dataset['carried']).toBe('true');
  });
  it('is nothing that was sent, and nothing for those who only look on', async () => {
    show();
    overLane('north');
    pick('c');
    await carry(40);
    expect(document.querySelector('[data-carried]')).toBeNull();
    cleanup();
    show({ mayAct: false });
    overLane('south');
    pick('a');
    await carry(40);
    expect(document.querySelector('[data-carried]')).toBeNull();
  });
});
