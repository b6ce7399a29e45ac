// A fresh database for each `.pg.test.ts` file, on the engine of the vitest project that runs it.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, inject } from 'vitest';
import { openEmbedded, type EmbeddedDatabase } from '../kernel/embedded/open.ts';
import { migrate } from '../kernel/migrate.ts';
import { openDatabase, type Database, type Sql } from '../kernel/sql.ts';
import { withDatabase } from './server-setup.ts';

export type EngineName = 'embedded' | 'server';

export interface FreshDatabase extends Database {
  /** Null on the embedded engine, which only this process can reach. */
  url: string | null;
  /** A second pool on the same database, as another server would have; closed with the first. */
  another(maxConnections?: number): Promise<Database>;
}

export interface FreshOptions {
  /** False: PostGIS is there, but no table. Default true. */
  migrated?: boolean;
  maxConnections?: number;
}

/** Which engine the current vitest project runs on. */
export function engineName(): EngineName {
  return inject('databaseServer') === undefined ? 'embedded' : 'server';
}

/**
 * To be called at the top of a test file: opens the database before its tests and
 * closes it after them. `test.db` and `test.sql` work inside of tests and hooks.
 */
export function testDatabase(options: FreshOptions = {}): {
  readonly db: FreshDatabase;
  readonly sql: Sql;
} {
  let opened: FreshDatabase | null = null;
  beforeAll(async () => {
    opened = await freshDatabase(options);
  });
  afterAll(async () => {
    await opened?.close();
  });
  const get = () => {
    if (!opened) throw new Error('The test database is open only inside of tests and hooks');
    return opened;
  };
  return {
    get db() {
      return get();
    },
    get sql() {
      return get().sql;
    },
  };
}

/** The caller closes it. On the embedded engine one at a time: opening it empties the last one. */
export function freshDatabase(options: FreshOptions = {}): Promise<FreshDatabase> {
  return engineName() === 'server' ? freshOnServer(options) : freshEmbedded(options);
}

/** One line for a report: what the tests of this project ran on. */
export async function describeEngine(db: Database): Promise<string> {
  const [row] = await db.sql<{ postgres: string; postgis: string }[]>`
    select current_setting('server_version') as postgres, postgis_lib_version() as postgis`;
  return `${db.kind === 'server' ? 'PostgreSQL' : 'PGlite'} ${row?.postgres} with PostGIS ${row?.postgis}`;
}

async function freshOnServer(options: FreshOptions): Promise<FreshDatabase> {
  const server = inject('databaseServer');
  if (!server) throw new Error('The database server was not set up');
  const name = `nuanxun_test_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const template = options.migrated === false ? server.bare : server.template;
  await onAdmin(server.url, (sql) => sql`create database ${sql(name)} template ${sql(template)}`);
  const url = withDatabase(server.url, name);
  const open = (maxConnections: number) =>
    openDatabase({ databaseUrl: url, dataDir: '', maxConnections });
  const first = await open(options.maxConnections ?? 4);
  return withPools(first, url, open, () =>
    onAdmin(server.url, (sql) => sql`drop database ${sql(name)} with (force)`),
  );
}

async function onAdmin(url: string, work: (sql: Sql) => Promise<unknown>): Promise<void> {
  const admin = await openDatabase({ databaseUrl: url, dataDir: '', maxConnections: 1 });
  try {
    await work(admin.sql);
  } finally {
    await admin.close();
  }
}

/** The project runs without isolation, so one engine serves all files of a worker process. */
const shared = globalThis as { nuanxunTestEngine?: Promise<EmbeddedDatabase> };

async function freshEmbedded(options: FreshOptions): Promise<FreshDatabase> {
  shared.nuanxunTestEngine ??= openEmbedded({
    dataDir: '',
    inMemory: true,
    maxConnections: 1,
    onLog: console.warn,
  });
  const engine = await shared.nuanxunTestEngine;
  await empty(engine.sql);
  const first = await engine.openPool(options.maxConnections ?? 4);
  if (options.migrated !== false) await migrate(first);
  return withPools(
    first,
    null,
    (maxConnections) => engine.openPool(maxConnections),
    () => Promise.resolve(),
  );
}

function withPools(
  first: Database,
  url: string | null,
  open: (maxConnections: number) => Promise<Database>,
  remove: () => Promise<void>,
): FreshDatabase {
  const others: Database[] = [];
  return {
    ...first,
    url,
    another: async (maxConnections = 4) => {
      const other = await open(maxConnections);
      others.push(other);
      return other;
    },
    close: async () => {
      await Promise.all([first, ...others].map((pool) => pool.close()));
      await remove();
    },
  };
}

/** Removes what the last file left: its tables and types, and the state of the shared session. */
async function empty(sql: Sql): Promise<void> {
  await sql.unsafe('discard all').simple();
  await sql
    .unsafe(`
    do $$
    declare item record;
    begin
      for item in
        select format('drop schema %I cascade', nspname) as command from pg_namespace
        where nspname not like 'pg\\_%' and nspname not in ('information_schema', 'public')
      loop execute item.command; end loop;
      for item in
        select format('drop %s %s cascade',
          case relkind when 'v' then 'view' when 'm' then 'materialized view'
            when 'S' then 'sequence' else 'table' end, c.oid::regclass) as command, c.oid as id
        from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S')
          and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
        -- the sequence of an identity column goes with its table, and not without
        order by c.relkind = 'S'
      loop
        if exists (select from pg_class where oid = item.id) then execute item.command; end if;
      end loop;
      for item in
        select format('drop %s %s cascade', case p.prokind when 'p' then 'procedure'
          when 'a' then 'aggregate' else 'function' end, p.oid::regprocedure) as command
        from pg_proc p
        where p.pronamespace = 'public'::regnamespace
          and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
      loop execute item.command; end loop;
      for item in
        select format('drop type %s cascade', t.oid::regtype) as command from pg_type t
        where t.typnamespace = 'public'::regnamespace and t.typtype in ('e', 'd', 'c')
          and (t.typrelid = 0 or exists
            (select from pg_class c where c.oid = t.typrelid and c.relkind = 'c'))
          and not exists (select from pg_depend d where d.objid = t.oid and d.deptype = 'e')
      loop execute item.command; end loop;
    end $$`)
    .simple();
}
