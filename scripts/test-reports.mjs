// Counts from the runners' own machine-readable reports. A runner that ends without a report, fails without
// naming a test, or ran no test at all counts as one failure: silence is never a pass.
import { readFileSync } from 'node:fs';

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function settle(counts, exitCode, runner) {
  if (counts.failed === 0 && exitCode !== 0)
    return { ...counts, failed: 1, note: `${runner} ended with code ${exitCode}` };
  if (counts.passed + counts.failed === 0)
    return { ...counts, failed: 1, note: `${runner} ran no test` };
  return counts;
}

function withoutReport(exitCode, runner) {
  const note = `${runner} ended with code ${exitCode} and left no report`;
  return { passed: 0, failed: 1, skipped: 0, note };
}

/** Counts of one vitest run; a test file that could not be loaded is one failure. */
export function countVitest(file, exitCode) {
  const report = readReport(file);
  if (!report) return withoutReport(exitCode, 'vitest');
  const unloaded = report.testResults.filter(
    (result) =>
      result.status === 'failed' &&
      result.assertionResults.every((assertion) => assertion.status !== 'failed'),
  ).length;
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  };
  return settle(counts, exitCode, 'vitest');
}

/** Counts of one Playwright run; a test that passed only at a second try counts as failed. */
export function countPlaywright(file, exitCode) {
  const report = readReport(file);
  if (!report?.stats) return withoutReport(exitCode, 'playwright');
  const { expected, unexpected, flaky, skipped } = report.stats;
  const counts = { passed: expected, failed: unexpected + flaky, skipped };
  return settle(counts, exitCode, 'playwright');
}

/** The sum over all steps, as the one line that ends `npm test`. */
export function closingLine(results) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const result of results) for (const key of Object.keys(total)) total[key] += result[key];
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  return `${total.passed} passed, ${total.failed} failed${skipped}`;
}
