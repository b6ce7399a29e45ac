import { expect, it } from 'vitest';
import { sizeOf } from './size.ts';

it('sizes read as people say them', () => {
  expect([300, 340_400, 12_440_000, 512_000_000, 1_230_000_000].map(sizeOf)).toEqual([
    '1 kB',
    '340 kB',
    '12.4 MB',
    '512 MB',
    '1.2 GB',
  ]);
});
