/** A device for tests: one disk, tabs that can be killed at any moment, and a server that answers by a script. */
import { AppError } from '../../../shared/errors.ts';
import { Unreachable } from '../fault.ts';
import { OutboxEngine } from './engine.ts';
import type { EngineState } from './engine.ts';
import { openIdbStorage } from './idb-storage.ts';
import type { NewItem, OutboxItem, OutboxKind } from './item.ts';
import type { OutboxStorage } from './storage.ts';

/** `lost` = the server took it and the answer never came. */
export type Fate =
  | 'answer'
  | 'conflict'
  | 'unreachable'
  | 'lost'
  | 'refused'
  | 'signed-out'
  | 'slow';

/** Long enough for a step of the simulated disk, which runs on the same queue. */
export const moment = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const never = <T>(): Promise<T> => new Promise(() => undefined);

/** After `kill` nothing of it resolves any more, as after a page has died; what is under way may still reach the disk. */
class MortalStorage {
  dead = false;
  readonly #under: OutboxStorage;
  constructor(under: OutboxStorage) {
    this.#under = under;
  }
  asStorage(): OutboxStorage {
    return new Proxy(this.#under, {
      get: (under, name: keyof OutboxStorage) => {
        const member = under[name];
        if (typeof member !== 'function') return member;
        return async (...input: unknown[]) => {
          if (this.dead) return never();
          const result: unknown = await Reflect.apply(member, under, input);
          return this.dead ? never() : result;
        };
      },
    });
  }
}

export interface Tab {
  engine: OutboxEngine;
  state: () => EngineState;
  /** ids whose answer this tab has heard */
  heard: Set<string>;
  kill: () => void;
}

export class SimulatedDevice {
  readonly #disk: string;
  readonly #deliver: ((item: OutboxItem) => Promise<unknown>) | null;
  /** what happens to the next deliveries; when it runs out, all are answered */
  fates: Fate[] = [];
  /** ids in the order in which the server first took them */
  readonly taken: string[] = [];
  /** every delivery that was begun */
  readonly sent: OutboxItem[] = [];
  /** deliveries of something whose answer the same tab had heard before */
  readonly sentAfterAnswer: string[] = [];

  /** `deliver` takes items to a server that is there; without it the fates decide alone. */
  constructor(disk: string, deliver: ((item: OutboxItem) => Promise<unknown>) | null = null) {
    this.#disk = disk;
    this.#deliver = deliver;
  }

  async open(senderId: string | null = 'u'): Promise<Tab> {
    const storage = new MortalStorage(await openIdbStorage(this.#disk));
    let state: EngineState | null = null;
    const heard = new Set<string>();
    const engine = new OutboxEngine({
      openStorage: () => Promise.resolve(storage.asStorage()),
      now: Date.now,
      serverNow: Date.now,
      random: () => 0.5,
      publish: (next) => (state = next),
      tellOthers: () => undefined,
      onSignedOut: () => undefined,
    });
    engine.sender.onAnswer((item) => heard.add(item.id));
    for (const kind of kinds)
      engine.sender.registerDeliverer(kind, (item) =>
        storage.dead ? never() : this.#serve(item, heard),
      );
    engine.sender.setSender(senderId);
    await engine.refresh();
    engine.sender.setMaySend(true);
    const kill = () => {
      storage.dead = true;
      engine.sender.stop();
    };
    return {
      engine,
      heard,
      kill,
      state: () =>
        state ?? { items: [], answers: [], progress: new Map(), ready: false, kept: true },
    };
  }

  async #serve(item: OutboxItem, heard: ReadonlySet<string>): Promise<unknown> {
    this.sent.push(item);
    if (heard.has(item.id)) this.sentAfterAnswer.push(item.id);
    const fate = this.fates.shift() ?? 'answer';
    await moment();
    if (fate === 'slow') for (let turn = 0; turn < 12; turn += 1) await moment();
    if (fate === 'unreachable') throw new Unreachable();
    if (fate === 'signed-out') throw new AppError('not_signed_in');
    if (fate === 'refused') throw new AppError('shift_not_yours');
    const answer = await this.#deliver?.(item);
    if (!this.taken.includes(item.id)) this.taken.push(item.id);
    if (fate === 'lost') throw new Unreachable();
    return answer ?? { id: item.id, result: fate === 'conflict' ? 'conflict' : 'applied' };
  }
}

const kinds: OutboxKind[] = [
  'shift.start',
  'shift.checkIn',
  'shift.end',
  'sighting.report',
  'sighting.edit',
  'sighting.withdraw',
  'track.points',
];

export const checkIn = (id: string, subject: string, more: Partial<NewItem> = {}): NewItem => ({
  id,
  subject,
  kind: 'shift.checkIn',
  payload: { id },
  cityId: 'demo',
  userId: 'u',
  ...more,
});

/** Lets everything run that runs without waiting, and forgets pauses on the way. */
export async function untilQuiet(tab: Tab, isDone: () => boolean = () => false): Promise<void> {
  for (let turn = 0; turn < 400 && !isDone(); turn += 1) {
    if (turn % 20 === 0) tab.engine.sender.retryNow();
    await moment();
  }
}
