import { defineConfig } from '@playwright/test';
import { browserFlags, findBrowser } from './scripts/find-browser.mjs';

const executablePath = findBrowser();

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results/browser',
  // One browser at a time: a test starts a server of its own, and the machine may have two cores.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  globalTimeout: 25 * 60_000,
  reporter: [['list'], ['json']],
  use: {
    ...(executablePath === undefined
      ? {}
      : { launchOptions: { executablePath, args: browserFlags } }),
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  projects: [{ name: 'tablet', use: { viewport: { width: 1280, height: 800 }, hasTouch: true } }],
});
