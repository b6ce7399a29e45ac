import { describe, expect, it } from 'vitest';
import { readCorners, writeCorners } from './corners.ts';

describe('corners as text', () => {
  it('close a ring that was left open', () => {
    expect(readCorners('125.1, 43.8\n125.2 43.8\n125.2，43.9\n')?.coordinates[0]).toEqual([
      [125.1, 43.8],
      [125.2, 43.8],
      [125.2, 43.9],
      [125.1, 43.8],
    ]);
  });
  it('come back as they were written', () => {
    const text = '1, 2\n3, 4\n5, 7\n6, 1';
    expect(writeCorners(readCorners(text))).toBe(text);
  });
  it('keep a ring that is closed already', () => {
    expect(readCorners('1,2\n3,4\n5,7\n1,2')?.coordinates[0]).toHaveLength(4);
  });
  it.each(['', '1,2\n3,4', '1,2\n3,4\n1,2', '1,2\n3,4\nsouth', '1,2\n3,4\n5,95', '1,2\n3,4\n5'])(
    'are refused when they are no area: %j',
    (text) => {
      expect(readCorners(text)).toBeNull();
    },
  );
});
