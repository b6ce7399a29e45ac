/** Key points out of a CSV or GeoJSON file, read on the device: one row each, with its faults named before anything is sent. */
import { toWgs84 } from '../../shared/geo/coordinates.ts';
import { keyPointDefaults } from '../../shared/key-points/defaults.ts';
import { keyPointDraftSchema, keyPointKinds } from '../../shared/key-points/schema.ts';
import type { KeyPointDraft, KeyPointKind } from '../../shared/key-points/schema.ts';
import { newId } from '../kernel/id.ts';

export const rowFaults = [
  'name',
  'kind',
  'position',
  'swapped',
  'outside',
  'radius',
  'hours',
  'every',
  'note',
  'ref',
  'twice',
  'notAPoint',
] as const;
export type RowFault = (typeof rowFaults)[number];
export type FileFault = 'empty' | 'columns' | 'json' | 'unreadable';

export interface ImportRow {
  /** as people count them: the line of the CSV, the feature's place in the GeoJSON */
  line: number;
  name: string;
  faults: RowFault[];
  /** null when there is a fault */
  draft: (KeyPointDraft & { sourceRef: string }) | null;
}
export interface ReadOptions {
  system: 'wgs84' | 'gcj02';
  /** of the city: [west, south, east, north] */
  bounds: readonly [number, number, number, number];
}

/** What a column may be called; the first is its name in the example. */
const columnNames = {
  name: ['name', '名称', '点位', '点位名称', 'namezh', 'name_zh'],
  kind: ['kind', '类别', '类型', '种类', 'type'],
  lon: ['lon', '经度', 'lng', 'longitude', 'x'],
  lat: ['lat', '纬度', 'latitude', 'y'],
  radius: ['radius', '半径', '半径米', 'radiusmeters'],
  from: ['from', '开始', '开始时间', '起', 'fromhour'],
  to: ['to', '结束', '结束时间', '止', 'tohour'],
  normal: ['normal', '平时', '平时间隔', 'normaleveryminutes'],
  cold: ['cold', '寒夜', '寒夜间隔', 'coldeveryminutes'],
  note: ['note', '备注', '说明', 'notes'],
  ref: ['ref', '编号', '序号', 'id', 'osmid', 'sourceref'],
} as const;
type Column = keyof typeof columnNames;
type Cells = Partial<Record<Column, string>>;

const kindNames: Record<KeyPointKind, readonly string[]> = {
  underpass: ['underpass', '地下通道', '地道', '通道', '涵洞', '隧道'],
  bridge: ['bridge', '桥下', '桥', '桥梁', '桥洞'],
  station: ['station', '车站', '火车站', '汽车站', '地铁站'],
  cash_machine: ['cash_machine', 'cash machine', 'atm', '自助银行', '取款机'],
  park: ['park', '公园', '广场', '绿地'],
  heating_vent: ['heating_vent', 'heating vent', '暖气口', '热力井', '暖气井'],
  hospital: ['hospital', '医院', '医院大厅'],
  other: ['other', '其他', '其它'],
};

const plain = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[（(].*?[)）]$/, '');
const columnOf = (header: string): Column | null =>
  (Object.keys(columnNames) as Column[]).find((column) =>
    (columnNames[column] as readonly string[]).includes(plain(header)),
  ) ?? null;
const kindOf = (text: string): KeyPointKind | null =>
  keyPointKinds.find((kind) => kindNames[kind].includes(plain(text))) ?? null;

/** Empty when nothing is written; NaN when it is no number. */
const numberOf = (text: string | undefined): number | null =>
  text === undefined || text.trim() === '' ? null : Number(text.trim().replace('，', '.'));
/** 22, 22:00 or 22点 */
const hourOf = (text: string | undefined): number | null =>
  numberOf(text?.trim().replace(/(:00|：00|点|时|h)$/i, ''));

/** Which fault a path of the schema is. */
const faultOfField: Record<string, RowFault> = {
  name: 'name',
  kind: 'kind',
  position: 'position',
  radiusMeters: 'radius',
  fromHour: 'hours',
  toHour: 'hours',
  normalEveryMinutes: 'every',
  coldEveryMinutes: 'every',
  note: 'note',
  sourceRef: 'ref',
};
const rowSchema = keyPointDraftSchema.extend({
  sourceRef: keyPointDraftSchema.shape.name.max(200),
});

function draftOf(cells: Cells, { system }: ReadOptions) {
  const kindText = cells.kind?.trim() ?? '';
  const kind = kindText === '' ? 'other' : kindOf(kindText);
  const usual = keyPointDefaults[kind ?? 'other'];
  const told = { lon: numberOf(cells.lon) ?? Number.NaN, lat: numberOf(cells.lat) ?? Number.NaN };
  const readable = Math.abs(told.lon) <= 180 && Math.abs(told.lat) <= 90;
  const position = readable ? toWgs84(told, system) : told;
  const name = cells.name?.trim() ?? '';
  // Without a reference of its own a row is known by its name and place: the same file again adds nothing.
  const ownRef = `${name}@${told.lon.toFixed(5)},${told.lat.toFixed(5)}`;
  return {
    id: newId(),
    name,
    kind,
    position,
    radiusMeters: numberOf(cells.radius) ?? usual.radiusMeters,
    fromHour: wholeDay(hourOf(cells.from)) ?? usual.fromHour,
    toHour: wholeDay(hourOf(cells.to)) ?? usual.toHour,
    normalEveryMinutes: numberOf(cells.normal) ?? usual.normalEveryMinutes,
    coldEveryMinutes: numberOf(cells.cold) ?? usual.coldEveryMinutes,
    note: cells.note?.trim() ?? '',
    sourceRef: (cells.ref?.trim() ?? '') || ownRef.slice(-200),
  };
}
const wholeDay = (hour: number | null): number | null => (hour === 24 ? 0 : hour);

function placeFault(
  { lon, lat }: { lon: number; lat: number },
  [west, south, east, north]: ReadOptions['bounds'],
): RowFault | null {
  const within = (x: number, y: number) => x >= west && x <= east && y >= south && y <= north;
  if (within(lon, lat)) return null;
  return within(lat, lon) ? 'swapped' : 'outside';
}

function rowOf(line: number, cells: Cells, options: ReadOptions, seen: Set<string>): ImportRow {
  const draft = draftOf(cells, options);
  const parsed = rowSchema.safeParse(draft);
  const faults = new Set<RowFault>(
    parsed.success
      ? []
      : parsed.error.issues.map((issue) => faultOfField[String(issue.path[0])] ?? 'name'),
  );
  // With the two turned round a latitude can be too large: that is said, not only that it is none.
  const place = Number.isFinite(draft.position.lon + draft.position.lat)
    ? placeFault(draft.position, options.bounds)
    : null;
  if (place === 'swapped') faults.delete('position');
  if (place !== null && !faults.has('position')) faults.add(place);
  if (seen.has(draft.sourceRef)) faults.add('twice');
  seen.add(draft.sourceRef);
  const name = draft.name;
  return parsed.success && faults.size === 0
    ? { line, name, faults: [], draft: parsed.data }
    : { line, name, faults: [...faults], draft: null };
}

export type ReadFile = { rows: ImportRow[] } | { fault: FileFault };

/** @param table the lines of the CSV, its headers first */
export function readTable(table: readonly (readonly string[])[], options: ReadOptions): ReadFile {
  const [headers, ...lines] = table;
  if (!headers || lines.length === 0) return { fault: 'empty' };
  const columns = headers.map((header) => columnOf(header.replace('\uFEFF', '')));
  for (const needed of ['name', 'lon', 'lat'] as const)
    if (!columns.includes(needed)) return { fault: 'columns' };
  const seen = new Set<string>();
  const rows = lines
    .map((cells, index) => ({ cells, line: index + 2 }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    .map(({ cells, line }) => {
      const named: Cells = {};
      for (const [index, column] of columns.entries())
        if (column !== null) named[column] ??= cells[index] ?? '';
      return rowOf(line, named, options, seen);
    });
  return rows.length === 0 ? { fault: 'empty' } : { rows };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** A FeatureCollection of points, their properties named like the columns. */
export function readGeoJson(text: string, options: ReadOptions): ReadFile {
  const features = featuresOf(text);
  if (features === null) return { fault: 'json' };
  if (features.length === 0) return { fault: 'empty' };
  const seen = new Set<string>();
  return { rows: features.map((feature, index) => featureRow(feature, index + 1, options, seen)) };
}

function featuresOf(text: string): unknown[] | null {
  try {
    const file: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (!isRecord(file)) return null;
    if (file['type'] === 'Feature') return [file];
    return Array.isArray(file['features']) ? file['features'] : null;
  } catch {
    return null;
  }
}

function featureRow(
  feature: unknown,
  line: number,
  options: ReadOptions,
  seen: Set<string>,
): ImportRow {
  const cells: Cells = {};
  const properties =
    isRecord(feature) && isRecord(feature['properties']) ? feature['properties'] : {};
  for (const [key, value] of Object.entries(properties)) {
    const column = columnOf(key);
    if (column !== null) cells[column] ??= textOf(value);
  }
  if (isRecord(feature)) cells.ref ||= textOf(feature['id']);
  const geometry = isRecord(feature) && isRecord(feature['geometry']) ? feature['geometry'] : {};
  const { type, coordinates } = geometry;
  if (type !== 'Point' || !Array.isArray(coordinates))
    return { line, name: cells.name ?? '', faults: ['notAPoint'], draft: null };
  cells.lon = textOf(coordinates[0]);
  cells.lat = textOf(coordinates[1]);
  return rowOf(line, cells, options, seen);
}

/** Spreadsheets in China still write GB 18030: what is no UTF-8 is read as that. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** @throws never: a file that can't be read is a fault */
export async function readKeyPointFile(file: Blob, options: ReadOptions): Promise<ReadFile> {
  try {
    const text = decodeText(new Uint8Array(await file.arrayBuffer()));
    if (/^\s*\{/.test(text.replace(/^\uFEFF/, ''))) return readGeoJson(text, options);
    const { default: papa } = await import('papaparse');
    const { data } = papa.parse<string[]>(text, { skipEmptyLines: false });
    return readTable(data, options);
  } catch {
    return { fault: 'unreadable' };
  }
}
