import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Upload } from '@tus/server';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Staging, unfinishedDays } from './staging.ts';

let folder: string;
let uploads: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'nuanxun-staging-'));
  uploads = path.join(folder, 'uploads');
  mkdirSync(uploads);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function leave(name: string, text: string, daysAgo: number): void {
  const file = path.join(uploads, name);
  writeFileSync(file, text);
  const at = Date.now() / 1000 - daysAgo * 24 * 3600;
  utimesSync(file, at, at);
}

it('clears away what nobody went on with, also what a killed server left of it', async () => {
  const staging = new Staging(folder);
  await staging.create(new Upload({ id: 'a.young', size: 9, offset: 0, metadata: {} }));
  const over = unfinishedDays + 1;
  leave('a.removed-by-half.json', '{"id":"a.removed-by-half"}', over);
  leave('a.written-by-half.json', '{"id":', over);
  leave('a.old.json', '{}', over);
  leave('a.old', 'sound', over);
  expect(await staging.deleteExpired()).toBe(4);
  expect(readdirSync(uploads).toSorted()).toEqual(['a.young', 'a.young.json']);
});
