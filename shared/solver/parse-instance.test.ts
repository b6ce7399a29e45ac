import { describe, expect, it } from 'vitest';
import { InstanceError } from './instance.ts';
import { makeInstance, toText } from './made-instances.ts';
import { parseInstance } from './parse-instance.ts';

const solomon = toText(makeInstance('vrptw', 6, 1));
const liLim = toText(makeInstance('pdptw', 6, 1));

describe('reading a problem', () => {
  it('reads what Solomon writes', () => {
    expect(parseInstance(solomon)).toEqual(makeInstance('vrptw', 6, 1));
  });

  it('reads what Li and Lim write', () => {
    expect(parseInstance(liLim)).toEqual({ ...makeInstance('pdptw', 6, 1), name: '' });
  });

  it('takes any line ends, white space, blank lines, a byte order mark and an end mark', () => {
    for (const text of [solomon, liLim]) {
      const wanted = parseInstance(text);
      expect(parseInstance(text.replaceAll('\n', '\r\n'))).toEqual(wanted);
      expect(parseInstance(text.replaceAll('\n', '\r'))).toEqual(wanted);
      expect(parseInstance(`\uFEFF${text.replaceAll('\n', ' \t\n\n')}EOF\n`)).toEqual(wanted);
      expect(parseInstance(text.replaceAll(/(?<=^[ \t\d-].*)[ \t]+/gm, ' \t '))).toEqual(wanted);
      expect(parseInstance(text.trimEnd())).toEqual(wanted);
    }
  });

  it('reads numbers with a fraction or an exponent', () => {
    const text = 'X\n2 10\nN\n0 0.5 1e1 0 0 100 0\n1 1.25 -3 4 0 90.5 1\n';
    const { x, y, due } = parseInstance(text);
    expect([...x, ...y, ...due]).toEqual([0.5, 1.25, 10, -3, 100, 90.5]);
  });

  it('keeps the numbers customers have, in whatever order they stand', () => {
    const text = 'X\n2 10\n7 0 1 1 0 90 0\n0 0 0 0 0 100 0\n3 0 2 1 0 90 0\n';
    expect([...parseInstance(text).ids]).toEqual([0, 7, 3]);
  });

  it.each([
    ['', /Neither Solomon nor Li and Lim/],
    ['{"name": "x"}', /Neither/],
    ['X\n2 10\n', /Neither/],
    ['X\n0 10\n0 0 0 0 0 9 0\n', /0 vehicles/],
    ['X\n2 10\n1 0 0 0 0 9 0\n', /no depot/],
    ['X\n2 10\n0 0 0 0 0 9 0\n1 2 3 4 5 6\n', /Line 4: 6 numbers, where a row has 7/],
    ['X\n2 10\n0 0 0 0 0 9\n', /Line 3: 6 numbers, where a row has 7 \(Solomon\) or 9/],
    ['X\n2 10\n0 0 0 0 0 9 0\n1 2 3 x 5 6 7\n', /Line 4: "x" is no number/],
    ['X\n2 10\n0 0 0 0 0 9 0\nand so on\n', /Line 4/],
    ['X\n2 10\n0 0 0 0 0 9 0\n1 0 0 1 0 9 0\n1 0 0 1 0 9 0\n', /second row with the number 1/],
    ['X\n2 10\n0 0 0 0 0 9 0\n1 0 0 1 8 7 0\n', /customer 1 is due before it is ready/],
    ['X\n2 10\n0 0 0 0 0 9 0\n1 0 0 -1 0 7 0\n', /negative demand/],
    ['X\n2 10\n0 0 0 0 0 9 0\n1 0 0 1 0 7 -1\n', /negative service/],
    ['2 10 1\n0 0 0 0 0 9 0 0 0\n1 0 0 1 0 7 0 0 0\n', /needs either a pickup or a delivery/],
    ['2 10 1\n0 0 0 0 0 9 0 0 0\n1 0 0 1 0 7 0 0 5\n', /there is no customer 5/],
    [
      '2 10 1\n0 0 0 0 0 9 0 0 0\n1 0 0 1 0 7 0 0 2\n2 0 0 -1 0 7 0 1 0\n3 0 0 1 0 7 0 0 2\n',
      /do not name each other/,
    ],
    ['2 10 1\n0 0 0 0 0 9 0 0 0\n1 0 0 1 0 7 0 0 2\n2 0 0 -2 0 7 0 1 0\n', /does not bring/],
  ])('says what is wrong with %j', (text, wrong) => {
    expect(() => parseInstance(text)).toThrow(InstanceError);
    expect(() => parseInstance(text)).toThrow(wrong);
  });
});
