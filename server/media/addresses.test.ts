import { describe, expect, it } from 'vitest';
import { makeUrl, readUrl, whoOf } from './addresses.ts';

const key = Buffer.alloc(32, 7);
const target = {
  cityId: 'nuanhe',
  id: '019b8e3c-0000-7000-8000-000000000001',
  variant: 'full',
} as const;
const owner = { userId: '019b8e3c-0000-7000-8000-00000000000a' };
const now = Date.UTC(2026, 0, 5);
const url = (text: string) => new URL(text, 'http://localhost');
const made = makeUrl(key, target, owner, now + 600_000);

describe('an address', () => {
  it('tells what it is of, until its time is over', () => {
    expect(readUrl(key, url(made), now)).toEqual({ ...target, who: whoOf(key, owner) });
    expect(readUrl(key, url(made), now + 599_000)).not.toBeNull();
    expect(readUrl(key, url(made), now + 601_000)).toBeNull();
  });

  it('holds for nothing else: another key, thing, variant, person or time', () => {
    expect(readUrl(Buffer.alloc(32, 8), url(made), now)).toBeNull();
    const changes: [RegExp, string][] = [
      [/nuanhe/, 'other-city'],
      [/0001\/full/, '0002/full'],
      [/full/, 'thumbnail'],
      [/who=[^&]+/, `who=${whoOf(key, { deviceId: owner.userId })}`],
      [/until=\d+/, 'until=99999999999'],
      [/signature=.+/, 'signature='],
    ];
    for (const [from, to] of changes) {
      expect(made).toMatch(from);
      expect(readUrl(key, url(made.replace(from, to)), now)).toBeNull();
    }
  });

  it('names neither the person nor the browser', () => {
    expect(made).not.toContain(owner.userId);
    expect(whoOf(key, owner)).not.toBe(whoOf(key, { deviceId: owner.userId }));
  });
});
