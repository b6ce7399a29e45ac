import { afterEach, describe, expect, it, vi } from 'vitest';
import { beTheOne } from './one-tab.ts';

type Hold = () => Promise<void> | undefined;
interface Asked {
  hold: Hold;
  reject: (error: Error) => void;
  resolve: () => void;
}

/** The part of Web Locks that is used: one lock, a line before it, and taking it over. */
class Locks {
  holder: Asked | null = null;
  line: Asked[] = [];
  request(_name: string, options: LockOptions, hold: Hold): Promise<void> {
    return new Promise((resolve, reject) => {
      const asked = { hold, reject, resolve };
      if (options.steal === true) {
        this.holder?.reject(new DOMException('taken over', 'AbortError'));
        this.#grant(asked);
      } else if (this.holder) {
        this.line.push(asked);
        options.signal?.addEventListener('abort', () => {
          this.line = this.line.filter((other) => other !== asked);
          reject(new DOMException('no longer wanted', 'AbortError'));
        });
      } else this.#grant(asked);
    });
  }
  #grant(asked: Asked): void {
    this.holder = asked;
    void Promise.resolve(asked.hold()).then(() => {
      if (this.holder !== asked) return;
      this.holder = null;
      asked.resolve();
      const next = this.line.shift();
      if (next) this.#grant(next);
    });
  }
}

const rest = () => new Promise((resolve) => setTimeout(resolve, 0));
const comeToFront = () => document.dispatchEvent(new Event('visibilitychange'));
const stops: (() => void)[] = [];
function tab() {
  const state = { is: false, told: [] as boolean[] };
  const stop = beTheOne((is) => {
    state.is = is;
    state.told.push(is);
  });
  stops.push(stop);
  return { state, stop };
}

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.unstubAllGlobals();
  localStorage.clear();
});

describe('with Web Locks', () => {
  const setUp = () => {
    const locks = new Locks();
    Object.defineProperty(navigator, 'locks', { configurable: true, value: locks });
    return locks;
  };
  afterEach(() => Reflect.deleteProperty(navigator, 'locks'));

  it('one of two tabs sends, and the other when the first is closed', async () => {
    setUp();
    const [first, second] = [tab(), tab()];
    await rest();
    expect([first.state.is, second.state.is]).toEqual([true, false]);
    first.stop();
    await rest();
    expect([first.state.is, second.state.is]).toEqual([false, true]);
  });

  it('the tab in front takes over, and the one before it stands in line again', async () => {
    const locks = setUp();
    const [first, second] = [tab(), tab()];
    await rest();
    comeToFront();
    await rest();
    expect([first.state.is, second.state.is]).toEqual([false, true]);
    expect(locks.line.length).toBe(1);
    second.stop();
    await rest();
    expect([first.state.is, second.state.is]).toEqual([true, false]);
  });

  it('a tab that was opened in front does not wait for long', async () => {
    setUp();
    vi.useFakeTimers();
    const [first, second] = [tab(), tab()];
    await vi.advanceTimersByTimeAsync(2_100);
    vi.useRealTimers();
    expect(Number(first.state.is) + Number(second.state.is)).toBe(1);
    expect(second.state.is).toBe(true);
  });

  it('nobody is left waiting twice, however often they change', async () => {
    const locks = setUp();
    const tabs = [tab(), tab(), tab()];
    await rest();
    for (let turn = 0; turn < 5; turn += 1) {
      comeToFront();
      await rest();
      expect(tabs.filter(({ state }) => state.is).length).toBe(1);
      expect(locks.line.length).toBe(2);
    }
  });
});

describe('without them', () => {
  it('a lease decides, and passes on when its holder is gone', () => {
    vi.useFakeTimers();
    const first = tab();
    const second = tab();
    expect([first.state.is, second.state.is]).toEqual([true, false]);
    first.stop();
    vi.advanceTimersByTime(2_500);
    expect([first.state.is, second.state.is]).toEqual([false, true]);
    vi.useRealTimers();
  });
  it('a lease that was not renewed runs out', () => {
    vi.useFakeTimers();
    localStorage.setItem('nuanxun.outbox.lease', `killed ${Date.now() + 5_000}`);
    const one = tab();
    expect(one.state.is).toBe(false);
    vi.advanceTimersByTime(6_500);
    expect(one.state.is).toBe(true);
    vi.useRealTimers();
  });
});
