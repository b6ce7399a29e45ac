import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CityEvent } from '../../shared/realtime/events.ts';
import type { SightingView } from '../../shared/sightings/schema.ts';
import type { ActivationView } from '../../shared/response/schema.ts';
import { applyBatch, applyPositions, cityOfSnapshot, emptyCity } from './city-state.ts';
import type { CityState } from './city-state.ts';

const at = '2026-01-05T18:03:00.000Z';
const sighting = (id: string, headcount: number, state: SightingView['state']): SightingView => ({
  id,
  lon: 116.4,
  lat: 39.9,
  accuracyMeters: 10,
  headcount,
  flags: [],
  reporterKind: 'courier',
  seenAt: at,
  receivedAt: at,
  state,
  clusterId: null,
  placement: null,
});
const night = (id: string, endedAt: string | null): ActivationView => ({
  id,
  level: 'orange',
  temperatureCelsius: -15,
  windKmh: 20,
  feltCelsius: -24,
  note: '',
  drill: false,
  reasons: [],
  byRule: false,
  untilAt: null,
  declaredAt: at,
  endedAt,
  proposalId: null,
  effects: null,
});

const bodies = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('a', 'b', 'c', 'd'),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom('live' as const, 'closed' as const),
    )
    .map(([id, headcount, state]) => ({
      kind: 'sighting.changed' as const,
      sighting: sighting(id, headcount, state),
    })),
  fc.tuple(fc.constantFrom('n1', 'n2'), fc.boolean()).map(([id, ended]) => ({
    kind: 'activation.changed' as const,
    activation: night(id, ended ? at : null),
  })),
  fc.record({
    kind: fc.constant('cell.changed' as const),
    cell: fc.record({
      cell: fc.constantFrom('x', 'y'),
      livePeople: fc.nat(5),
      likelyPeople: fc.constant(0),
      likelyAt: fc.constant(null),
      lastSightingAt: fc.constant(null),
      lastVisitAt: fc.constant(null),
    }),
  }),
);
const streams = fc
  .array(bodies, { maxLength: 40 })
  .map((list): CityEvent[] => list.map((body, index) => ({ ...body, seq: index + 1, at })));

const start: CityState = { ...emptyCity, seq: 0 };
const through = (state: CityState, events: CityEvent[]): CityState =>
  applyBatch(state, { events, seq: events.at(-1)?.seq ?? 0 });
/** Maps compare by content, whatever order their keys were set in. */
const content = (state: CityState) =>
  Object.fromEntries(
    Object.entries(state).map(([key, value]) => [
      key,
      value instanceof Map ? Object.fromEntries(value) : value,
    ]),
  );

describe('the laws of the event stream', () => {
  it('one batch or many: the same state', () => {
    fc.assert(
      fc.property(streams, fc.array(fc.nat(40)), (events, cuts) => {
        const bounds = [0, ...cuts.map((cut) => Math.min(cut, events.length)), events.length].sort(
          (a, b) => a - b,
        );
        let state = start;
        for (let i = 1; i < bounds.length; i++)
          state = through(state, events.slice(bounds[i - 1], bounds[i]));
        expect(content(state)).toEqual(content(through(start, events)));
      }),
    );
  });
  it('repeats, and batches from before the cursor, change nothing', () => {
    fc.assert(
      fc.property(streams, fc.array(fc.tuple(fc.nat(40), fc.nat(40))), (events, again) => {
        const whole = through(start, events);
        let state = start;
        let reached = 0;
        for (const [from, to] of again) {
          const end = Math.min(to, events.length);
          if (from > reached || end <= from) continue;
          state = through(state, events.slice(from, end));
          reached = Math.max(reached, end);
        }
        state = through(state, events.slice(0));
        expect(content(state)).toEqual(content(whole));
        expect(through(state, events)).toBe(state);
      }),
    );
  });
  it('the order within a batch does not matter: seq decides', () => {
    fc.assert(
      fc.property(
        streams.chain((events) =>
          fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
        ),
        ([events, shuffled]) => {
          const batch = { events: shuffled, seq: events.length };
          expect(content(applyBatch(start, batch))).toEqual(content(through(start, events)));
        },
      ),
    );
  });
});

describe('what events do', () => {
  it('moves the cursor even when nothing in between was for this screen', () => {
    expect(applyBatch(start, { events: [], seq: 7 }).seq).toBe(7);
  });
  it('drops a sighting that is no longer live', () => {
    const live = through(start, [
      { kind: 'sighting.changed', sighting: sighting('a', 1, 'live'), seq: 1, at },
    ]);
    expect(live.sightings.size).toBe(1);
    const closed = through(live, [
      { kind: 'sighting.changed', sighting: sighting('a', 1, 'closed'), seq: 2, at },
    ]);
    expect(closed.sightings.size).toBe(0);
  });
  it('leaves untouched maps as they are, so that their screens do not draw again', () => {
    const next = through(start, [
      { kind: 'sighting.changed', sighting: sighting('a', 1, 'live'), seq: 1, at },
    ]);
    expect(next.teams).toBe(start.teams);
    expect(next.sightings).not.toBe(start.sightings);
  });
  it('the end of an earlier night does not end the one in force', () => {
    const state = through(start, [
      { kind: 'activation.changed', activation: night('n2', null), seq: 1, at },
      { kind: 'activation.changed', activation: night('n1', at), seq: 2, at },
    ]);
    expect(state.activation?.id).toBe('n2');
  });
  it('a snapshot replaces all of it', () => {
    const snapshot = {
      seq: 9,
      at,
      sightings: [sighting('z', 2, 'live')],
      clusters: [],
      dispatches: [],
      rechecks: [],
      teams: [],
      positions: [],
      areas: [],
      stations: [],
      zones: [],
      closures: [],
      activation: null,
      reports: [],
      keyPoints: [],
      shifts: [],
      alarms: [],
      conflicts: [],
      vehicles: [],
      holds: [],
      depots: [],
      stocks: [],
      plan: null,
      proposal: null,
      weather: null,
      field: 0,
    };
    const state = cityOfSnapshot(snapshot);
    expect([...state.sightings.keys()]).toEqual(['z']);
    expect(state.seq).toBe(9);
  });
  it('the latest position of a team wins, whichever came last', () => {
    const position = (minute: number) => ({
      teamId: 't',
      lon: minute,
      lat: 0,
      accuracyMeters: 5,
      headingDegrees: null,
      at: `2026-01-05T18:0${minute}:00.000Z`,
    });
    const known = applyPositions(new Map(), [position(4), position(2)]);
    expect(known.get('t')?.lon).toBe(4);
  });
});
