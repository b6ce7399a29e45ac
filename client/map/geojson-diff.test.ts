import type { Feature, FeatureCollection } from 'geojson';
import { expect, it } from 'vitest';
import { sourceUpdate } from './geojson-diff.ts';

const feature = (id: number): Feature => ({
  type: 'Feature',
  properties: { id: `s${id}` },
  geometry: { type: 'Point', coordinates: [id / 1000, 0] },
});
const collection = (features: Feature[]): FeatureCollection => ({
  type: 'FeatureCollection',
  features,
});
const many = Array.from({ length: 10_000 }, (_, i) => feature(i));

it('says nothing when nothing changed', () => {
  expect(sourceUpdate(collection(many), collection([...many])).kind).toBe('none');
});

it('sends one changed of ten thousand, not the ten thousand', () => {
  const changed = feature(17);
  const after = many.with(17, changed);
  expect(sourceUpdate(collection(many), collection(after))).toEqual({
    kind: 'diff',
    diff: { add: [changed], remove: [] },
  });
});

it('names what is gone and what is new', () => {
  const added = feature(20_000);
  const update = sourceUpdate(collection(many), collection([...many.slice(2), added]));
  expect(update).toEqual({ kind: 'diff', diff: { add: [added], remove: ['s0', 's1'] } });
});

it('sends the whole when most changed, when it is small, or when ids are missing or double', () => {
  const fresh = many.map((_, i) => feature(i));
  expect(sourceUpdate(collection(many), collection(fresh)).kind).toBe('whole');
  expect(sourceUpdate(collection(many.slice(0, 9)), collection(many.slice(0, 10))).kind).toBe(
    'whole',
  );
  const nameless: Feature = { ...feature(1), properties: {} };
  expect(sourceUpdate(collection(many), collection([...many, nameless])).kind).toBe('whole');
  expect(sourceUpdate(collection(many), collection([...many, feature(3)])).kind).toBe('whole');
});
