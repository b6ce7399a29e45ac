// Which tests run where: pure ones, components in jsdom, and each database test on
// the embedded engine and, where there is one, on a PostgreSQL server.
import react from '@vitejs/plugin-react';
import { defineConfig, type TestProjectConfiguration } from 'vitest/config';
import { findPostgres } from './scripts/find-postgres.mjs';

const everywhere = '{client,server,shared,bench,scripts}/**';
const hasServer = process.env['TEST_DATABASE_URL'] !== undefined || findPostgres() !== undefined;

const projects: TestProjectConfiguration[] = [
  {
    test: {
      name: 'unit',
      // Laws are tested on many random cases; a busy machine takes longer.
      testTimeout: 60_000,
      include: [`${everywhere}/*.test.ts`],
      exclude: ['**/node_modules/**', '**/*.pg.test.ts', '**/*.dom.test.ts'],
    },
  },
  {
    plugins: [react()],
    test: {
      name: 'dom',
      testTimeout: 30_000,
      include: [`${everywhere}/*.dom.test.{ts,tsx}`],
      environment: 'jsdom',
    },
  },
  {
    test: {
      name: 'db-embedded',
      include: [`${everywhere}/*.pg.test.ts`],
      globalSetup: './server/testing/embedded-setup.ts',
      // Files of one worker take turns on one engine: it takes seconds to start and 0.6 GB.
      pool: 'forks',
      isolate: false,
      maxWorkers: 2,
      sequence: { groupOrder: 1 },
      testTimeout: 60_000,
      hookTimeout: 120_000,
    },
  },
];

if (hasServer) {
  projects.push({
    test: {
      name: 'db-server',
      include: [`${everywhere}/*.pg.test.ts`],
      exclude: ['**/node_modules/**', 'server/kernel/embedded/**'],
      globalSetup: './server/testing/server-setup.ts',
      pool: 'forks',
      maxWorkers: 2,
      sequence: { groupOrder: 2 },
      testTimeout: 60_000,
      hookTimeout: 120_000,
    },
  });
}

export default defineConfig({ test: { projects } });
