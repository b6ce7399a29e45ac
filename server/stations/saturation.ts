import { saturationHours, saturationOf } from '../../shared/stations/saturation.ts';
import type { SaturationView } from '../../shared/stations/schema.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { readStationViews } from './queries.ts';
import { readFlows } from './stay-queries.ts';
import type { Flow } from './stay-queries.ts';

export async function readSaturation(db: Database, { cityId }: Session): Promise<SaturationView[]> {
  const now = new Date();
  const since = new Date(now.getTime() - saturationHours * 3_600_000).toISOString();
  const stations = await readStationViews(db.sql, cityId);
  const flows = new Map<string, Flow[]>();
  for (const flow of await readFlows(db.sql, cityId, since))
    flows.set(flow.stationId, [...(flows.get(flow.stationId) ?? []), flow]);
  return saturationOf(stations, flows, now.toISOString());
}
