// What a bench has to say, as lines a machine reads or as a table a person reads.

/** One comparison. `ratio` is always ours / theirs. */
export interface BenchRow {
  bench: string;
  case: string;
  peer: string;
  ours: number | null;
  theirs: number | null;
  ratio: number | null;
  unit: string;
  better: 'higher' | 'lower';
  /** What the ratio should reach (better higher) or stay under (better lower); null: only to be known. */
  target: number | null;
  /** Null where nothing was promised, or nothing could be measured. */
  ok: boolean | null;
  /** Why there is no figure, or what to know about it. */
  note?: string;
}

export interface Comparison {
  case: string;
  peer: string;
  ours: number | null;
  theirs: number | null;
  unit: string;
  better: 'higher' | 'lower';
  target?: number | null;
  /** False when the peer's result was to be the same and isn't: then nothing is ok. */
  sameResult?: boolean;
  note?: string;
}

export interface Report {
  row(comparison: Comparison): void;
  /** A peer that isn't there, or didn't finish. */
  skip(comparison: Omit<Comparison, 'theirs' | 'sameResult' | 'note'>, reason: string): void;
  /** Progress; never on standard output. */
  say(text: string): void;
}

/** What a file `bench/<name>.ts` exports as `bench`. */
export interface Bench {
  name: string;
  describe: string;
  run(report: Report): Promise<void>;
}

export function toRow(bench: string, comparison: Comparison): BenchRow {
  const { ours, theirs, better, target = null, sameResult = true, note } = comparison;
  const ratio = ours === null || theirs === null || theirs === 0 ? null : ours / theirs;
  const reached =
    target === null || ratio === null
      ? null
      : sameResult && (better === 'higher' ? ratio >= target : ratio <= target);
  const ok = sameResult ? reached : false;
  return {
    bench,
    case: comparison.case,
    peer: comparison.peer,
    ours: rounded(ours),
    theirs: rounded(theirs),
    ratio: rounded(ratio),
    unit: comparison.unit,
    better,
    target,
    ok,
    ...(note === undefined ? {} : { note }),
  };
}

/** Five digits are more than a measurement has. */
function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(5));
}

const COLUMNS = [
  'case',
  'peer',
  'ours',
  'theirs',
  'ratio',
  'unit',
  'target',
  'ok',
  'note',
] as const;

export function table(rows: readonly BenchRow[]): string {
  const lines = [COLUMNS.map(String), ...rows.map((row) => COLUMNS.map((name) => cell(row, name)))];
  const widths = COLUMNS.map((_, c) => Math.max(...lines.map((line) => line[c]!.length)));
  const numeric = new Set(['ours', 'theirs', 'ratio']);
  return lines
    .map((line) =>
      line
        .map((text, c) =>
          numeric.has(COLUMNS[c]!) ? text.padStart(widths[c]!) : text.padEnd(widths[c]!),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cell(row: BenchRow, name: (typeof COLUMNS)[number]): string {
  const value = row[name];
  if (name === 'target')
    return row.target === null ? '' : `${row.better === 'higher' ? '≥' : '≤'} ${row.target}`;
  if (name === 'ok') return row.ok === null ? '' : row.ok ? 'yes' : 'NO';
  if (value === null || value === undefined) return name === 'note' ? '' : '–';
  if (typeof value !== 'number') return String(value);
  return value.toLocaleString('en', {
    maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0,
  });
}
