/** Reads the whole file once: what is to be sent, in the order of time, and what of the rest became. */
import { chooseColumns, checkRule } from './columns.ts';
import type { Columns, Rule } from './columns.ts';
import { judgeRow } from './read-row.ts';
import type { Candidate } from './read-row.ts';
import type { Rejects } from './rejects.ts';
import type { Source } from './records.ts';

export interface Gathered {
  columns: Columns;
  read: number;
  ignored: number;
  duplicates: number;
  /** by time, then by id */
  candidates: Candidate[];
}

export async function gatherCandidates(
  source: Source,
  named: Columns,
  rule: Rule,
  rejects: Rejects,
): Promise<Gathered> {
  const columns = chooseColumns(source.header, named);
  checkRule(rule, source.header);
  const byId = new Map<string, Candidate>();
  let [read, ignored, duplicates] = [0, 0, 0];
  for await (const sourceRow of source.rows) {
    read += 1;
    const judged = judgeRow(sourceRow, columns, rule);
    if (judged.verdict === 'ignored') ignored += 1;
    else if (judged.verdict === 'rejected')
      rejects.add(sourceRow.number, sourceRow.row, judged.reason);
    else if (byId.has(judged.candidate.id)) duplicates += 1;
    else byId.set(judged.candidate.id, judged.candidate);
  }
  const candidates = [...byId.values()].sort((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1));
  return { columns, read, ignored, duplicates, candidates };
}
