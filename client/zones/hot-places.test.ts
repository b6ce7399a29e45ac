import fc from 'fast-check';
import { cellToLatLng, gridDisk, gridDistance } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { hotPlaces, placeOfCell } from './hot-places.ts';
import { nameOfPlace } from './place-name.ts';
import { middleCell, testField, testPicture } from './testing.ts';

const disk = gridDisk(middleCell, 6);
const peopleAt = fc
  .array(fc.tuple(fc.constantFrom(...disk), fc.integer({ min: 0, max: 6 })), { maxLength: 60 })
  .map((entries) => new Map(entries));
const cellsOf = (picture: ReturnType<typeof testPicture>, most = 40) =>
  hotPlaces(picture, most).map(({ indices }) =>
    indices.map((index) => picture.field.cells[index]!),
  );

describe('the laws of places', () => {
  it('the order in which the cells came does not matter', () => {
    fc.assert(
      fc.property(
        peopleAt,
        fc.shuffledSubarray(disk, { minLength: disk.length }),
        (people, shuffled) => {
          const one = testPicture(people);
          const other = testPicture(new Map([...people].toReversed()), {
            field: testField(shuffled),
          });
          expect(cellsOf(other)).toEqual(cellsOf(one));
        },
      ),
    );
  });

  it('every cell that owes something is in one place, and in one alone', () => {
    fc.assert(
      fc.property(peopleAt, (people) => {
        const picture = testPicture(people);
        const listed = cellsOf(picture, 1000).flat();
        const owing = picture.field.cells.filter((_, index) => picture.steps[index]! > 0);
        expect(listed.toSorted()).toEqual(owing);
      }),
    );
  });

  it('the first of a place owes most of it, its others touch it, and the places go down', () => {
    fc.assert(
      fc.property(peopleAt, (people) => {
        const picture = testPicture(people);
        const places = hotPlaces(picture, 1000);
        for (const { id, score, indices } of places)
          for (const index of indices) {
            expect(picture.scores[index]!).toBeLessThanOrEqual(score);
            expect(gridDistance(id, picture.field.cells[index]!)).toBeLessThanOrEqual(1);
          }
        const scores = places.map(({ score }) => score);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      }),
    );
  });

  it('fewer places are the first of many', () => {
    fc.assert(
      fc.property(peopleAt, fc.integer({ min: 1, max: 12 }), (people, most) => {
        const picture = testPicture(people);
        expect(cellsOf(picture, most)).toEqual(cellsOf(picture, 1000).slice(0, most));
      }),
    );
  });
});

it('a chosen cell is its place; one that leads none is itself, also when it owes nothing', () => {
  const neighbour = gridDisk(middleCell, 1).find((cell) => cell !== middleCell)!;
  const picture = testPicture(
    new Map([
      [middleCell, 5],
      [neighbour, 1],
    ]),
  );
  const places = hotPlaces(picture, 10);
  expect(placeOfCell(picture, places, middleCell)).toBe(places[0]);
  expect(placeOfCell(picture, places, neighbour)?.indices).toHaveLength(1);
  expect(placeOfCell(picture, places, gridDisk(middleCell, 6).at(-1)!)?.step).toBe(0);
  expect(placeOfCell(picture, places, '8928308280fffff')).toBeNull();
});

describe('the name of a place', () => {
  const [lat, lon] = cellToLatLng(middleCell);
  const here = { lon, lat };
  const zone = {
    id: 'z',
    name: 'East bank',
    boundary: {
      type: 'Polygon' as const,
      coordinates: [
        [
          [lon - 0.01, lat - 0.01],
          [lon + 0.01, lat - 0.01],
          [lon + 0.01, lat + 0.01],
          [lon - 0.01, lat + 0.01],
        ] as [number, number][],
      ],
    },
    weight: 2,
    fromHour: 0,
    toHour: 0,
    note: '',
    removed: false,
  };
  const bridge = { name: 'Bridge', lon, lat: lat + 0.01 };

  it('is what it lies at, else its drawn area, else so far from the nearest', () => {
    expect(nameOfPlace(here, [zone], [{ ...bridge, lat: lat + 0.001 }])).toEqual({
      kind: 'at',
      name: 'Bridge',
    });
    expect(nameOfPlace(here, [zone], [bridge])).toEqual({ kind: 'zone', name: 'East bank' });
    const near = nameOfPlace(here, [], [bridge, { ...bridge, name: 'Far', lat: lat + 0.02 }]);
    expect(near).toMatchObject({ kind: 'near', name: 'Bridge', toward: 's' });
    expect(nameOfPlace(here, [], [{ ...bridge, lat: lat + 0.2 }])).toBeNull();
  });

  it('does not depend on the order of what has names', () => {
    const twin = { ...bridge, name: 'Another' };
    expect(nameOfPlace(here, [], [bridge, twin])).toEqual(nameOfPlace(here, [], [twin, bridge]));
  });
});
