import fc from 'fast-check';
import { expect, it } from 'vitest';
import { estimateMatrix } from '../../shared/roads/estimate.ts';
import { defaultConditions } from '../../shared/roads/schema.ts';
import { MatrixCache } from './matrix-cache.ts';
import { decodePolyline } from './polyline.ts';
import { readLegs, readMatrix, readSpots } from './read-answers.ts';
import { tilesOf } from './tiling.ts';
import { WorkQueue } from './work-queue.ts';

it('tiles cover every pair once and none is larger than allowed', () => {
  const sizes = fc.tuple(fc.nat(80), fc.nat(80), fc.integer({ min: 1, max: 900 }));
  fc.assert(
    fc.property(sizes, ([rows, cols, pairs]) => {
      const seen = new Uint8Array(rows * cols);
      for (const { rowFrom, rowTo, colFrom, colTo } of tilesOf(rows, cols, pairs)) {
        expect((rowTo - rowFrom) * (colTo - colFrom)).toBeLessThanOrEqual(pairs);
        for (let row = rowFrom; row < rowTo; row++)
          for (let col = colFrom; col < colTo; col++) seen[row * cols + col]! += 1;
      }
      expect(seen.every((times) => times === 1)).toBe(true);
    }),
  );
});

function encode(line: readonly (readonly [number, number])[]): string {
  let text = '';
  let before = [0, 0];
  for (const [lon, lat] of line) {
    for (const [now, last] of [
      [lat, before[1]!],
      [lon, before[0]!],
    ] as const) {
      let value = now - last;
      value = value < 0 ? -value * 2 - 1 : value * 2;
      for (; value >= 32; value = Math.floor(value / 32))
        text += String.fromCharCode((value % 32) + 32 + 63);
      text += String.fromCharCode(value + 63);
    }
    before = [lon, lat];
  }
  return text;
}

it('reads every line back as it was written', () => {
  const micro = (max: number) => fc.integer({ min: -max * 1e6, max: max * 1e6 });
  fc.assert(
    fc.property(fc.array(fc.tuple(micro(180), micro(90))), (line) => {
      expect(decodePolyline(encode(line))).toEqual(
        line.map(([lon, lat]) => [lon / 1e6, lat / 1e6]),
      );
    }),
  );
  expect(() => decodePolyline('\u0001')).toThrow('broken');
  expect(() => decodePolyline('~')).toThrow('broken');
});

it('reads a matrix in its short and its long form, and refuses one of another size', () => {
  const short = { sources_to_targets: { durations: [[10, null]], distances: [[0.5, 0]] } };
  const long = {
    sources_to_targets: [
      [
        { time: 10, distance: 0.5 },
        { time: null, distance: null },
      ],
    ],
  };
  for (const answer of [short, long]) {
    const { seconds, meters } = readMatrix(answer, 1, 2);
    expect([...seconds, ...meters]).toEqual([10, Infinity, 500, Infinity]);
  }
  expect(() => readMatrix(short, 2, 1)).toThrow();
  expect(() => readMatrix({ sources_to_targets: { durations: 'x' } }, 1, 1)).toThrow();
  expect(() => readLegs({ trip: {} })).toThrow();
});

it('reads where a place lies only when that is one spot', () => {
  const at = (lon: number) => ({ correlated_lon: lon, correlated_lat: 60 });
  const answer = [{ edges: [at(24), at(24)] }, { edges: [at(24), at(25)] }, { edges: null }];
  expect(readSpots(answer, 3)).toEqual([{ lon: 24, lat: 60 }, null, null]);
  expect(() => readSpots(answer, 2)).toThrow();
});

it('takes a manoeuvre of a kind that it does not know as going straight on', () => {
  const step = { time: 1, length: 0.1, begin_shape_index: 0 };
  const [leg] = readLegs({
    trip: {
      legs: [
        {
          shape: encode([
            [1, 2],
            [3, 4],
          ]),
          summary: { time: 9, length: 1 },
          maneuvers: [
            { ...step, type: 999 },
            { ...step, type: 26, roundabout_exit_count: 2, street_names: ['中山路'] },
          ],
        },
      ],
    },
  });
  expect(leg!.manoeuvres).toMatchObject([
    { kind: 'straight', street: null },
    { kind: 'roundabout', exit: 2, street: '中山路' },
  ]);
});

it('forgets the matrices that were least lately asked for', () => {
  const cache = new MatrixCache();
  const matrix = () => ({ seconds: new Float64Array(600_000), meters: new Float64Array(1) });
  cache.set('a', matrix());
  cache.set('b', matrix());
  expect(cache.get('a')).toBeDefined();
  cache.set('c', matrix());
  expect([cache.get('a'), cache.get('b'), cache.get('c')].map(Boolean)).toEqual([
    true,
    false,
    true,
  ]);
});

it('lets small questions pass large ones, and keeps a place free for them', async () => {
  const queue = new WorkQueue(2);
  const order: string[] = [];
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  const work = (name: string, wait?: Promise<void>) => async () => {
    await wait;
    order.push(name);
  };
  const all = [
    queue.run(true, work('large 1', gate)),
    queue.run(true, work('large 2')),
    queue.run(false, work('small 1')),
    queue.run(false, work('small 2')),
  ];
  await Promise.all(all.slice(2));
  release();
  await Promise.all(all);
  expect(order).toEqual(['small 1', 'small 2', 'large 1', 'large 2']);
});

it('estimates longer than the straight line, longer in winter, and longer still across a closure', () => {
  const [a, b] = [
    { lon: 116.4, lat: 39.9 },
    { lon: 116.42, lat: 39.9 },
  ];
  const seconds = (conditions = defaultConditions) =>
    estimateMatrix('van', [a], [b], conditions).seconds[0]!;
  expect(estimateMatrix('van', [a], [b], defaultConditions).meters[0]).toBeGreaterThan(1_708);
  expect(seconds({ winterFactor: 2.3, closures: [] })).toBeCloseTo(2 * seconds());
  const boundary = (lat: number) => ({
    type: 'Polygon' as const,
    coordinates: [
      [
        [116.409, lat - 0.001],
        [116.411, lat - 0.001],
        [116.411, lat + 0.001],
        [116.409, lat + 0.001],
        [116.409, lat - 0.001],
      ] as [number, number][],
    ],
  });
  expect(
    seconds({ winterFactor: 1.15, closures: [{ id: 'x', boundary: boundary(39.9) }] }),
  ).toBeGreaterThan(seconds());
  expect(seconds({ winterFactor: 1.15, closures: [{ id: 'x', boundary: boundary(39.95) }] })).toBe(
    seconds(),
  );
});
