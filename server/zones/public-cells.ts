/** What anyone may see of a city's cells; the same for everybody in the same minute, so a crowd costs no more than one. */
import { zoneWeightsOf } from '../../shared/zones/circumstances.ts';
import { debtsOfAll } from '../../shared/zones/debt.ts';
import { publicCells } from '../../shared/zones/public-cells.ts';
import type { PublicCell, ZoneView } from '../../shared/zones/schema.ts';
import type { Sql } from '../kernel/sql.ts';
import { readCellField } from './field.ts';

export interface PublicMoment {
  atMs: number;
  /** of the city's clock */
  hour: number;
  /** of the city as a whole; null = not known */
  felt: number | null;
  wet: boolean;
  zones: readonly ZoneView[];
}

interface Kept {
  of: string;
  cells: PublicCell[];
}
const keptOf = new WeakMap<Sql, Map<string, Kept>>();
const minuteMs = 60_000;

/** @throws AppError not_found */
export async function readPublicCells(
  sql: Sql,
  cityId: string,
  moment: PublicMoment,
): Promise<PublicCell[]> {
  const { field, version } = await readCellField(sql, cityId);
  const { atMs, hour, felt, wet, zones } = moment;
  const of = JSON.stringify([version, Math.floor(atMs / minuteMs), felt, wet, zones]);
  const ofDatabase = keptOf.get(sql) ?? new Map<string, Kept>();
  keptOf.set(sql, ofDatabase);
  const kept = ofDatabase.get(cityId);
  if (kept?.of === of) return kept.cells;
  const zoneWeights = zoneWeightsOf(field, zones, hour);
  const debts = debtsOfAll(field, { atMs, hour, felt, wet, zoneWeights });
  const cells = publicCells(field, debts);
  ofDatabase.set(cityId, { of, cells });
  return cells;
}
