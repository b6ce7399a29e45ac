// The child of the kill test: inserts rows one by one and tells each number once it is acknowledged.
import { openDatabase } from '../sql.ts';

const dataDir = process.argv[2];
if (dataDir === undefined) throw new Error('usage: write-until-killed DATA_DIR');
const { sql } = await openDatabase({ dataDir });
await sql`create table if not exists written (n int primary key, filler text not null)`;
const [row] = await sql<{ last: number }[]>`select coalesce(max(n), 0) as last from written`;
for (let n = (row?.last ?? 0) + 1; ; n += 1) {
  await sql`insert into written values (${n}, ${'x'.repeat(200)})`;
  process.stdout.write(`${n}\n`);
}
