import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { repoRoot } from '../kernel/repo-root.ts';

it('every row of the table of late actions is named by a test, and every name is a row', () => {
  const table = readFileSync(path.join(repoRoot(), 'docs/late-actions.md'), 'utf8');
  const rows = [...table.matchAll(/^\| `([\w/-]+)` \|/gm)].map(([, row]) => row!);
  expect(rows.length).toBeGreaterThan(50);
  expect(new Set(rows).size).toBe(rows.length);
  const titles = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.pg.test.ts'))
    .flatMap((file) => [
      ...readFileSync(path.join(import.meta.dirname, file), 'utf8').matchAll(/\bit\(\s*'([^']+)'/g),
    ])
    .map(([, title]) => title!);
  const named = titles.flatMap(
    (title) => title.match(/^[\w/-]+\/[\w-]+(?:, [\w-]+\/[\w-]+)*(?=:)/)?.[0].split(', ') ?? [],
  );
  expect(named.toSorted()).toEqual(rows.toSorted());
});
