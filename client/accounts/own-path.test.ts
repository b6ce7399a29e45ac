import { expect, it } from 'vitest';
import { ownPath } from './own-path.ts';

it('goes back only to a path of our own', () => {
  expect(ownPath('/board?x=1')).toBe('/board?x=1');
  for (const elsewhere of [
    '//evil.example',
    'https://evil.example',
    '/\\evil',
    '/login?to=/login',
    null,
  ])
    expect(ownPath(elsewhere)).toBeNull();
});
