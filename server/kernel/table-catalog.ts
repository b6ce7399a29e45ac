// What tables and sequences the application's schema holds, as a transfer needs to know them.
import type { Db } from './database.ts';

export interface TableColumn {
  name: string;
  /** As SQL writes it, e.g. `geography(Point,4326)`. */
  type: string;
}

export interface Table {
  name: string;
  /** Without generated ones: they make themselves. */
  columns: TableColumn[];
}

export interface ForeignKey {
  table: string;
  name: string;
  definition: string;
}

export interface SequenceState {
  name: string;
  lastValue: string;
  isCalled: boolean;
}

const OWN_TABLES = `
  c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  and c.relname <> 'schema_migrations'
  and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')`;

/** Referenced tables before those that refer to them, as far as they don't refer in circles. */
export async function listTables(db: Db): Promise<Table[]> {
  const tables = await db<Table[]>`
    select c.relname::text as name,
      (select jsonb_agg(
          jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod))
          order by a.attnum)
        from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      ) as columns
    from pg_class c where ${db.unsafe(OWN_TABLES)}
    order by c.relname`;
  const edges = await db<{ table: string; target: string }[]>`
    select c.relname::text as "table", t.relname::text as target
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid join pg_class t on t.oid = k.confrelid
    where k.contype = 'f' and ${db.unsafe(OWN_TABLES)}`;
  return inOrder(tables, edges);
}

function inOrder(tables: Table[], edges: { table: string; target: string }[]): Table[] {
  const byName = new Map(tables.map((table) => [table.name, table]));
  const ordered = new Set<Table>();
  const visited = new Set<string>();
  const visit = (name: string) => {
    const table = byName.get(name);
    if (!table || visited.has(name)) return;
    visited.add(name);
    for (const edge of edges) if (edge.table === name) visit(edge.target);
    ordered.add(table);
  };
  for (const { name } of tables) visit(name);
  return [...ordered];
}

export async function listForeignKeys(db: Db): Promise<ForeignKey[]> {
  return db<ForeignKey[]>`
    select c.relname::text as "table", k.conname::text as name,
      pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class c on c.oid = k.conrelid
    where k.contype = 'f' and k.conparentid = 0 and ${db.unsafe(OWN_TABLES)}
    order by 1, 2`;
}

export async function readSequences(db: Db): Promise<SequenceState[]> {
  const names = await db<{ name: string }[]>`
    select c.relname::text as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'S'
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    order by c.relname`;
  const states: SequenceState[] = [];
  for (const { name } of names) {
    const [state] = await db<{ lastValue: string; isCalled: boolean }[]>`
      select last_value::text as "lastValue", is_called as "isCalled" from ${db(name)}`;
    if (state) states.push({ name, ...state });
  }
  return states;
}

export async function countRows(db: Db, table: Table): Promise<number> {
  const [row] = await db<{ count: number }[]>`select count(*) as count from ${db(table.name)}`;
  return row?.count ?? 0;
}
