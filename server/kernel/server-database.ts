// A PostgreSQL server, checked to be new enough and to have PostGIS.
import postgres from 'postgres';
import { learnArrayTypes, postgresOptions } from './postgres-options.ts';
import type { Database, Sql } from './database.ts';

const MIN_POSTGRES = 15;
const MIN_POSTGIS: [number, number] = [3, 3];

export async function openServer(options: {
  databaseUrl: string;
  maxConnections: number;
}): Promise<Database> {
  const sql: Sql = postgres(options.databaseUrl, postgresOptions(options.maxConnections));
  try {
    await requirePostgres(sql);
    await requirePostgis(sql);
    await learnArrayTypes(sql);
  } catch (error) {
    await sql.end({ timeout: 1 });
    throw error;
  }
  return {
    sql,
    kind: 'server',
    listen: (channel, onPayload, onListening) => sql.listen(channel, onPayload, onListening),
    close: () => sql.end({ timeout: 5 }),
  };
}

async function requirePostgres(sql: Sql): Promise<void> {
  const [row] = await sql<{ version: string }[]>`
    select current_setting('server_version_num') as version`.catch((error: unknown) => {
    throw new Error(`DATABASE_URL: the database cannot be reached: ${reason(error)}`, {
      cause: error,
    });
  });
  const major = Math.floor(Number(row?.version) / 10_000);
  if (major < MIN_POSTGRES) {
    throw new Error(`DATABASE_URL: PostgreSQL ${MIN_POSTGRES} or newer is needed, not ${major}`);
  }
}

async function requirePostgis(sql: Sql): Promise<void> {
  if ((await postgisVersion(sql)) === null) {
    await sql`create extension if not exists postgis`.catch((error: unknown) => {
      throw new Error(
        'DATABASE_URL: the database has no PostGIS and it cannot be created ' +
          `(${reason(error)}). Install PostGIS on the server and run ` +
          '"create extension postgis" in this database as an administrator.',
        { cause: error },
      );
    });
  }
  const version = (await postgisVersion(sql)) ?? '0.0';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < MIN_POSTGIS[0] || (major === MIN_POSTGIS[0] && minor < MIN_POSTGIS[1])) {
    throw new Error(
      `DATABASE_URL: PostGIS ${MIN_POSTGIS.join('.')} or newer is needed, not ${version}`,
    );
  }
}

async function postgisVersion(sql: Sql): Promise<string | null> {
  const [row] = await sql<{ version: string }[]>`
    select extversion as version from pg_extension where extname = 'postgis'`;
  return row?.version ?? null;
}

function reason(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reason).join('; ');
  return error instanceof Error ? error.message : String(error);
}
