/** Which column of a file says what: named on the command line, else told from common names. */
export const roles = ['id', 'time', 'lon', 'lat', 'text', 'kind', 'headcount'] as const;
export type ColumnRole = (typeof roles)[number];
export type Columns = Partial<Record<ColumnRole, string>>;

/** Compared without case, spaces and punctuation; the first name that fits wins. */
const usualNames: Record<ColumnRole, readonly string[]> = {
  id: [
    'id',
    'srnumber',
    'uuid',
    'recordid',
    'requestid',
    'servicerequestid',
    'caseid',
    'objectid',
    'sweepid',
  ],
  time: [
    'createddate',
    'createdat',
    'created',
    'requestedat',
    'requesteddatetime',
    'seenat',
    'reportedat',
    'datetime',
    'timestamp',
    'time',
    'date',
    'sweepdate',
  ],
  lon: ['longitude', 'lon', 'lng', 'long', 'x', 'sweeplongitude'],
  lat: ['latitude', 'lat', 'y', 'sweeplatitude'],
  text: ['note', 'notes', 'description', 'details', 'text', 'comment', 'comments'],
  kind: ['requesttype', 'type', 'kind', 'category', 'reason', 'sweeptype', 'typeofcleanup'],
  headcount: ['headcount', 'people', 'persons'],
};

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

export class ReplayError extends Error {
  override name = 'ReplayError';
}

/**
 * @param named `role=COLUMN` pairs as given, which win over the guess
 * @throws ReplayError when a named column isn't there, or a needed one can't be found
 */
export function chooseColumns(header: readonly string[], named: Columns): Columns {
  const chosen: Columns = {};
  for (const role of roles) {
    const wanted = named[role];
    if (wanted !== undefined && !header.includes(wanted))
      throw new ReplayError(
        `There is no column "${wanted}" (${role}); the file has: ${header.join(', ')}`,
      );
    const usual = usualNames[role]
      .map((name) => header.find((column) => plain(column) === name))
      .find((column) => column !== undefined);
    const column = wanted ?? usual;
    if (column !== undefined) chosen[role] = column;
  }
  const missing = (['lon', 'lat', 'time'] as const).filter((role) => chosen[role] === undefined);
  if (missing.length > 0)
    throw new ReplayError(
      `No column was recognised for ${missing.join(', ')}. Name it: --map ${missing.map((role) => `${role}=COLUMN`).join(',')}. The file has: ${header.join(', ')}`,
    );
  return chosen;
}

/** Parses `lon=x,lat=y`. @throws ReplayError on anything else */
export function parseMap(text: string): Columns {
  const columns: Columns = {};
  for (const pair of text.split(',')) {
    const [role, ...column] = pair.split('=');
    const known = roles.find((name) => name === role?.trim());
    if (known === undefined || column.join('=').trim() === '')
      throw new ReplayError(
        `--map takes pairs such as lon=COLUMN, with ${roles.join(', ')}; not "${pair}"`,
      );
    columns[known] = column.join('=').trim();
  }
  return columns;
}

/** Which rows are sightings: each named column has one of its values. */
export type Rule = ReadonlyMap<string, ReadonlySet<string>>;

/** @throws ReplayError when it isn't COLUMN=VALUE, or names a column that isn't there */
export function parseRule(conditions: readonly string[]): Rule {
  const rule = new Map<string, Set<string>>();
  for (const condition of conditions) {
    const at = condition.indexOf('=');
    if (at < 1) throw new ReplayError(`--where takes COLUMN=VALUE, not "${condition}"`);
    const column = condition.slice(0, at).trim();
    const value = condition
      .slice(at + 1)
      .trim()
      .toLowerCase();
    rule.set(column, (rule.get(column) ?? new Set()).add(value));
  }
  return rule;
}

export function checkRule(rule: Rule, header: readonly string[]): void {
  for (const column of rule.keys())
    if (!header.includes(column))
      throw new ReplayError(
        `There is no column "${column}" (--where); the file has: ${header.join(', ')}`,
      );
}

export const fitsRule = (rule: Rule, row: Readonly<Record<string, string>>): boolean =>
  [...rule].every(([column, values]) => values.has((row[column] ?? '').trim().toLowerCase()));

export const sayRule = (rule: Rule): string =>
  rule.size === 0
    ? 'every row is a sighting'
    : `a row is a sighting when ${[...rule].map(([column, values]) => `${column} is ${[...values].map((value) => `"${value}"`).join(' or ')}`).join(' and ')}`;
