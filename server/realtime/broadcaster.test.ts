import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CityEvent } from '../../shared/realtime/events.ts';
import { mergeBySubject, subjectKey } from '../../shared/realtime/merge.ts';
import { eventsForView } from './broadcaster.ts';
import type { LoggedEvent } from './event-log.ts';

const team = (id: string, name: string, seq: number): CityEvent => ({
  kind: 'team.changed',
  seq,
  at: '2026-01-05T18:00:00.000Z',
  team: {
    id,
    name,
    callSign: name,
    vehicle: '',
    areaId: null,
    onDuty: true,
    skills: [],
    shiftEndsAt: null,
    breakFromAt: null,
    breakMinutes: 0,
    removed: false,
  },
});
const logged = (
  seq: number,
  audience: LoggedEvent['audience'],
  cells: string[] = [],
): LoggedEvent => ({ event: team(`t${seq}`, 'x', seq), audience, cells });

const anyEvents = fc
  .array(fc.record({ id: fc.integer({ min: 0, max: 8 }), name: fc.string() }), { maxLength: 60 })
  .map((list) => list.map(({ id, name }, index) => team(`t${id}`, name, index + 1)));
const apply = (
  state: Map<string, CityEvent>,
  events: readonly CityEvent[],
): Map<string, CityEvent> => {
  const next = new Map(state);
  for (const event of events) next.set(subjectKey(event), event);
  return next;
};
const content = (state: Map<string, CityEvent>) =>
  Object.fromEntries([...state].sort(([a], [b]) => (a < b ? -1 : 1)));

describe('merging a burst', () => {
  it('ends in the same state as every event one by one', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        expect(content(apply(new Map(), mergeBySubject(events)))).toEqual(
          content(apply(new Map(), events)),
        );
      }),
    );
  });

  it('keeps one event of each subject, in order of their numbers', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const merged = mergeBySubject(events);
        expect(new Set(merged.map(subjectKey)).size).toBe(merged.length);
        expect(merged.map((event) => event.seq)).toEqual(
          merged.map((event) => event.seq).toSorted((a, b) => a - b),
        );
      }),
    );
  });

  it('may be cut anywhere: two merged halves give the state of the whole', () => {
    fc.assert(
      fc.property(anyEvents, fc.nat(), (events, at) => {
        const cut = at % (events.length + 1);
        const halves = apply(
          apply(new Map(), mergeBySubject(events.slice(0, cut))),
          mergeBySubject(events.slice(cut)),
        );
        expect(content(halves)).toEqual(content(apply(new Map(), events)));
      }),
    );
  });
});

describe('what a view may see', () => {
  it('keeps staff events from the public', () => {
    const events = [logged(1, 'staff'), logged(2, 'public'), logged(3, 'user:u')];
    expect(eventsForView(events, { staff: false, cells: null }).map(({ seq }) => seq)).toEqual([2]);
    expect(eventsForView(events, { staff: true, cells: null }).map(({ seq }) => seq)).toEqual([
      1, 2,
    ]);
  });

  it('limits places to the cells on the screen, and keeps what concerns the whole city', () => {
    const events = [logged(1, 'staff', ['a']), logged(2, 'staff', ['b', 'c']), logged(3, 'staff')];
    expect(
      eventsForView(events, { staff: true, cells: new Set(['c']) }).map(({ seq }) => seq),
    ).toEqual([2, 3]);
  });
});
