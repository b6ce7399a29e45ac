import { expect, it, vi } from 'vitest';
import { indexOfCell } from '../../shared/zones/cell-field.ts';
import { encodeCellField } from '../../shared/zones/field-bytes.ts';
import { FieldReader } from './field-reader.ts';
import type { CellNews, FieldHeld } from './field-reader.ts';
import { middleCell, testField } from './testing.ts';

const news = (seq: number, livePeople: number): [string, CellNews] => [
  middleCell,
  {
    seq,
    view: {
      cell: middleCell,
      livePeople,
      likelyPeople: 0,
      likelyAt: null,
      lastSightingAt: null,
      lastVisitAt: null,
    },
  },
];

/** A reader whose server answers when told to, and whose clock stands until it is moved. */
function reading() {
  const asked: { answer: (bytes: Uint8Array) => void; fail: () => void }[] = [];
  const timers: { work: () => void; atMs: number }[] = [];
  let held: FieldHeld = { field: null, version: 0, error: null };
  let nowMs = 0;
  const reader = new FieldReader({
    fetchBytes: () =>
      new Promise((resolve, reject) =>
        asked.push({ answer: resolve, fail: () => reject(new Error('away')) }),
      ),
    onChange: (changed) => {
      held = changed;
    },
    later: (work, ms) => {
      const timer = { work, atMs: nowMs + ms };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), 1);
    },
    nowMs: () => nowMs,
  });
  const settle = () => vi.waitFor(() => Promise.resolve());
  return {
    reader,
    asked,
    held: () => held,
    people: () => held.field!.livePeople[indexOfCell(held.field!, middleCell)],
    answer: async (seq: number, revision = 1) => {
      const field = { ...testField(undefined, seq), revision };
      asked.at(-1)!.answer(encodeCellField(field));
      await settle();
    },
    fail: async () => {
      asked.at(-1)!.fail();
      await settle();
    },
    pass: (ms: number) => {
      nowMs += ms;
      for (const timer of timers.filter(({ atMs }) => atMs <= nowMs)) {
        timers.splice(timers.indexOf(timer), 1);
        timer.work();
      }
    },
  };
}

it('keeps what came while it was fetched, and drops what the field has already', async () => {
  const it = reading();
  it.reader.hear({ revision: 1, since: 10, cells: new Map() });
  it.reader.hear({ revision: 1, since: 10, cells: new Map([news(13, 4)]) });
  await it.answer(12);
  expect(it.people()).toBe(4);
  const older = reading();
  older.reader.hear({ revision: 1, since: 10, cells: new Map([news(11, 4)]) });
  await older.answer(12);
  expect(older.people()).toBe(0);
});

it('writes later changes into the field and says so', async () => {
  const it = reading();
  it.reader.hear({ revision: 1, since: 10, cells: new Map() });
  await it.answer(10);
  const { version } = it.held();
  it.reader.hear({ revision: 1, since: 10, cells: new Map([news(14, 3)]) });
  expect(it.people()).toBe(3);
  expect(it.held().version).toBeGreaterThan(version);
  expect(it.asked).toHaveLength(1);
});

it('fetches a forecast that is new, and the whole after a gap, but not all the time', async () => {
  const it = reading();
  it.reader.hear({ revision: 1, since: 10, cells: new Map() });
  await it.answer(10);
  it.reader.hear({ revision: 2, since: 10, cells: new Map() });
  it.reader.hear({ revision: 2, since: 40, cells: new Map() });
  expect(it.asked).toHaveLength(1);
  it.pass(10_000);
  expect(it.asked).toHaveLength(2);
  await it.answer(45, 2);
  it.pass(60_000);
  expect(it.asked).toHaveLength(2);
});

it('goes on with what it has when the server is away, and tries again by itself', async () => {
  const it = reading();
  it.reader.restore(encodeCellField(testField(undefined, 5)));
  expect(it.held().field?.seq).toBe(5);
  it.reader.hear({ revision: 1, since: 10, cells: new Map([news(12, 2)]) });
  expect(it.people()).toBe(2);
  await it.fail();
  expect(it.held().error).toBeInstanceOf(Error);
  it.pass(1_000);
  expect(it.asked).toHaveLength(1);
  it.pass(1_500);
  expect(it.asked).toHaveLength(2);
  await it.answer(11);
  expect(it.held().error).toBeNull();
  expect(it.people()).toBe(2);
});

it('what was kept is no field any more: the server is asked', async () => {
  const it = reading();
  it.reader.restore(new Uint8Array([1, 2, 3]));
  expect(it.held().field).toBeNull();
  it.reader.hear({ revision: 0, since: 0, cells: new Map() });
  expect(it.asked).toHaveLength(1);
});
