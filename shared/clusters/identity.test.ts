import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignIdentities } from './identity.ts';
import type { ActiveDispatch, FormerCluster, NewGroup } from './identity.ts';

const METERS = 1 / 111_195;
const at = (north: number) => ({ lon: 126.6, lat: 45.75 + north * METERS });
const group = (members: Record<string, number>): NewGroup => ({
  key: Object.keys(members).toSorted()[0]!,
  members: Object.entries(members).map(([id, north]) => ({ id, ...at(north) })),
});
const cluster = (
  id: string,
  hour: number,
  memberIds: string[],
  dispatches: ActiveDispatch[] = [],
): FormerCluster => ({
  id,
  createdAt: `2026-01-05T0${hour}:00:00.000Z`,
  memberIds,
  dispatches,
});
const dispatch = (id: string, north: number, hour: number): ActiveDispatch => ({
  id,
  target: at(north),
  dispatchedAt: `2026-01-05T1${hour}:00:00.000Z`,
});

describe('which cluster lives on', () => {
  it('keeps the name of a group that only grew', () => {
    const { clusterOf, fates } = assignIdentities(
      [cluster('A', 1, ['a', 'b'])],
      [group({ a: 0, b: 10, c: 20 })],
    );
    expect(clusterOf.get('a')).toBe('A');
    expect(fates.get('A')).toEqual({ fate: 'kept', groupKey: 'a' });
  });

  it('lets the older survive a merge', () => {
    const { clusterOf, fates } = assignIdentities(
      [cluster('B', 2, ['a', 'b', 'c']), cluster('A', 1, ['d'])],
      [group({ a: 0, b: 10, c: 20, d: 30, x: 25 })],
    );
    expect(clusterOf.get('a')).toBe('A');
    expect(fates.get('B')).toEqual({ fate: 'merged', groupKey: 'a', into: 'A' });
  });

  it('lets the one with an active dispatch survive a merge with an older one', () => {
    const { clusterOf, dispatchTo } = assignIdentities(
      [cluster('A', 1, ['a']), cluster('B', 2, ['b'], [dispatch('d1', 10, 0)])],
      [group({ a: 0, b: 10 })],
    );
    expect(clusterOf.get('a')).toBe('B');
    expect(dispatchTo.get('d1')).toBe('a');
  });

  it('of two with dispatches lets the one dispatched first survive, and the other dispatch go on with it', () => {
    const { clusterOf, fates, dispatchTo } = assignIdentities(
      [
        cluster('A', 1, ['a'], [dispatch('d2', 0, 5)]),
        cluster('B', 2, ['b'], [dispatch('d1', 10, 0)]),
      ],
      [group({ a: 0, b: 10 })],
    );
    expect(clusterOf.get('a')).toBe('B');
    expect(fates.get('A')).toEqual({ fate: 'merged', groupKey: 'a', into: 'B' });
    expect(dispatchTo.get('d2')).toBe('a');
  });

  it('in a split lets the part with most members keep the name, at a tie that with the smallest id', () => {
    const former = cluster('A', 1, ['a', 'b', 'c']);
    const most = assignIdentities([former], [group({ a: 0 }), group({ b: 200, c: 210 })]);
    expect([...most.clusterOf]).toEqual([
      ['a', null],
      ['b', 'A'],
    ]);
    const tie = assignIdentities(
      [cluster('A', 1, ['a', 'b'])],
      [group({ b: 200 }), group({ a: 0 })],
    );
    expect(tie.clusterOf.get('a')).toBe('A');
    expect(tie.clusterOf.get('b')).toBe(null);
  });

  it('in a split keeps a dispatch and the name with the part nearest to its target', () => {
    const { clusterOf, dispatchTo } = assignIdentities(
      [cluster('A', 1, ['a', 'b', 'c'], [dispatch('d1', 5, 0)])],
      [group({ a: 0 }), group({ b: 200, c: 210 })],
    );
    expect(clusterOf.get('a')).toBe('A');
    expect(clusterOf.get('b')).toBe(null);
    expect(dispatchTo.get('d1')).toBe('a');
  });

  it('lets a cluster whose larger part was swallowed live on in the rest', () => {
    const { fates } = assignIdentities(
      [cluster('A', 1, ['a']), cluster('B', 2, ['b', 'c', 'd'])],
      [group({ a: 0, b: 10, c: 20 }), group({ d: 200 })],
    );
    expect(fates.get('B')).toEqual({ fate: 'kept', groupKey: 'd' });
  });

  it('ends a cluster that has nothing left, and says so of its dispatch', () => {
    const { fates, dispatchTo } = assignIdentities(
      [cluster('A', 1, ['a'], [dispatch('d1', 0, 0)])],
      [],
    );
    expect(fates.get('A')).toEqual({ fate: 'ended' });
    expect(dispatchTo.get('d1')).toBe(null);
  });
});

describe('the laws of identity', () => {
  /** Sightings with a former cluster and a new group each, where they have one. */
  const world = fc
    .record({
      sightings: fc.array(
        fc.record({
          north: fc.integer({ min: 0, max: 300 }),
          was: fc.integer({ min: -1, max: 4 }),
          is: fc.integer({ min: -1, max: 4 }),
        }),
        { minLength: 1, maxLength: 25 },
      ),
      clusters: fc.array(
        fc.record({
          hour: fc.integer({ min: 0, max: 3 }),
          dispatches: fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 2 }),
        }),
        { minLength: 5, maxLength: 5 },
      ),
    })
    .map(({ sightings, clusters }) => {
      const named = sightings.map((sighting, i) => ({
        ...sighting,
        id: `s${String(i).padStart(2, '0')}`,
      }));
      const formers = clusters.map(({ hour, dispatches }, c) =>
        cluster(
          `C${c}`,
          hour,
          named.filter(({ was }) => was === c).map(({ id }) => id),
          dispatches.map((north, d) => dispatch(`d${c}${d}`, north, hour)),
        ),
      );
      const groups = [0, 1, 2, 3, 4]
        .map((g) => named.filter(({ is }) => is === g))
        .filter((members) => members.length > 0)
        .map((members) => group(Object.fromEntries(members.map(({ id, north }) => [id, north]))));
      return { formers, groups };
    });

  it('uses no name twice, and every former cluster and dispatch has a fate', () => {
    fc.assert(
      fc.property(world, ({ formers, groups }) => {
        const { clusterOf, fates, dispatchTo } = assignIdentities(formers, groups);
        const used = [...clusterOf.values()].filter((id) => id !== null);
        expect(new Set(used).size).toBe(used.length);
        expect([...clusterOf.keys()].toSorted()).toEqual(groups.map(({ key }) => key).toSorted());
        for (const former of formers) {
          const fate = fates.get(former.id)!;
          if (fate.fate === 'kept') expect(clusterOf.get(fate.groupKey)).toBe(former.id);
          else expect(used).not.toContain(former.id);
          if (fate.fate === 'merged') expect(clusterOf.get(fate.groupKey)).toBe(fate.into);
          const live = groups.some(({ members }) =>
            members.some(({ id }) => former.memberIds.includes(id)),
          );
          expect(fate.fate === 'ended').toBe(!live);
          for (const { id } of former.dispatches) {
            expect(dispatchTo.get(id) === null).toBe(!live);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('leaves an unchanged group its name', () => {
    fc.assert(
      fc.property(world, ({ formers, groups }) => {
        const { clusterOf } = assignIdentities(formers, groups);
        for (const { key, members } of groups) {
          const same = formers.find(
            ({ memberIds }) =>
              memberIds.length === members.length &&
              members.every(({ id }) => memberIds.includes(id)),
          );
          if (same) expect(clusterOf.get(key)).toBe(same.id);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order of anything', () => {
    fc.assert(
      fc.property(world, ({ formers, groups }) => {
        const turned = assignIdentities(
          formers
            .map((former) => ({
              ...former,
              memberIds: former.memberIds.toReversed(),
              dispatches: former.dispatches.toReversed(),
            }))
            .reverse(),
          groups.map((g) => ({ ...g, members: g.members.toReversed() })).reverse(),
        );
        expect(turned).toEqual(assignIdentities(formers, groups));
      }),
      { numRuns: 500 },
    );
  });
});
