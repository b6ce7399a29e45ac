import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { closingLine, countPlaywright, countVitest } from './test-reports.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'nuanxun-reports-'));
afterAll(() => rmSync(folder, { recursive: true }));

let written = 0;
function report(content: unknown): string {
  written += 1;
  const file = path.join(folder, `${written}.json`);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const vitest = (passed: number, failed: number, files: string[][] = []) =>
  report({
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: 1,
    numTodoTests: 1,
    testResults: files.map((statuses) => ({
      status: statuses.length === 0 || statuses.includes('failed') ? 'failed' : 'passed',
      assertionResults: statuses.map((status) => ({ status })),
    })),
  });

const playwright = (expected: number, unexpected: number, flaky: number) =>
  report({ stats: { expected, unexpected, flaky, skipped: 0 } });

describe('counting what a runner reports', () => {
  it('takes the numbers as they are when all went well', () => {
    expect(countVitest(vitest(7, 0, [['passed']]), 0)).toEqual({
      passed: 7,
      failed: 0,
      skipped: 2,
    });
    expect(countPlaywright(playwright(3, 0, 0), 0)).toMatchObject({ passed: 3, failed: 0 });
  });

  it('counts a test file that could not be loaded as one failure', () => {
    expect(countVitest(vitest(7, 1, [['passed', 'failed'], []]), 1).failed).toBe(2);
  });

  it('counts a test that passed only at a second try as failed', () => {
    expect(countPlaywright(playwright(3, 1, 1), 1).failed).toBe(2);
  });

  it('never takes silence for a pass', () => {
    expect(countVitest(path.join(folder, 'none.json'), 0).failed).toBe(1);
    expect(countVitest(report('{"numPassed'), 0).failed).toBe(1);
    expect(countPlaywright(report({}), 0).failed).toBe(1);
    expect(countVitest(vitest(0, 0), 0).failed).toBe(1);
    expect(countPlaywright(playwright(0, 0, 0), 0).failed).toBe(1);
  });

  it('counts a runner that failed without naming a test as one failure', () => {
    expect(countVitest(vitest(7, 0), 1)).toMatchObject({ passed: 7, failed: 1 });
    expect(countPlaywright(playwright(3, 0, 0), 1)).toMatchObject({ passed: 3, failed: 1 });
  });
});

describe('the closing line', () => {
  it('sums all steps and names skipped ones only when there are some', () => {
    const one = { passed: 1, failed: 0, skipped: 0 };
    expect(closingLine([one, { passed: 4, failed: 1, skipped: 0 }])).toBe('5 passed, 1 failed');
    expect(closingLine([one, { passed: 0, failed: 0, skipped: 2 }])).toBe(
      '1 passed, 0 failed, 2 skipped',
    );
  });
});
