// Once per run of the `db-server` tests: a server, and a migrated database on it to clone.
import { randomUUID } from 'node:crypto';
import type { TestProject } from 'vitest/node';
import { migrate } from '../kernel/migrate.ts';
import { openDatabase } from '../kernel/sql.ts';
import { startPrivateCluster } from './private-cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databaseServer: { url: string; template: string; bare: string } | undefined;
  }
}

/** The same server, another database. */
export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL'];
  const cluster = given === undefined ? await startPrivateCluster() : null;
  const url = given ?? cluster?.url;
  if (url === undefined) throw new Error('No PostgreSQL with PostGIS to test on');
  const suffix = randomUUID().slice(0, 8);
  const template = `nuanxun_test_${suffix}_template`;
  const bare = `nuanxun_test_${suffix}_bare`;
  const admin = await openDatabase({ databaseUrl: url, dataDir: '', maxConnections: 1 });
  const removeTemplates = async () => {
    await admin.sql`drop database if exists ${admin.sql(template)} with (force)`;
    await admin.sql`drop database if exists ${admin.sql(bare)} with (force)`;
    await admin.close();
    await cluster?.stop();
  };
  try {
    for (const name of [bare, template]) {
      await admin.sql`create database ${admin.sql(name)}`;
      const database = await openDatabase({
        databaseUrl: withDatabase(url, name),
        dataDir: '',
        maxConnections: 1,
      });
      try {
        if (name === template) await migrate(database);
      } finally {
        await database.close();
      }
    }
  } catch (error) {
    await removeTemplates();
    throw error;
  }
  project.provide('databaseServer', { url, template, bare });
  return removeTemplates;
}
