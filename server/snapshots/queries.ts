import { AppError } from '../../shared/errors.ts';
import type { Snapshot } from '../../shared/realtime/events.ts';
import { isReal } from '../../shared/response/rules.ts';
import type { OwnReport } from '../../shared/sightings/schema.ts';
import { readOpenClusterViews } from '../clusters/queries.ts';
import { readOpenAlarmViews } from '../crew/queries.ts';
import { readActiveDispatchViews, readOpenRecheckViews } from '../dispatch/queries.ts';
import { readOpenConflictViews } from '../field/queries.ts';
import { readKeyPointViews } from '../key-points/queries.ts';
import type { Database, Db, Tx } from '../kernel/sql.ts';
import { readAreaViews, readTeamPositions, readTeamViews } from '../patrols/queries.ts';
import { readPlanNews } from '../planning/queries.ts';
import { readClosureViews } from '../roads/queries.ts';
import { readShiftViews } from '../shifts/queries.ts';
import { readOwnReports, readSightingViews } from '../sightings/queries.ts';
import { readLiveHoldViews, readStationViews } from '../stations/queries.ts';
import { readDepotViews, readStockViews } from '../supplies/queries.ts';
import { readVehicleViews } from '../vehicles/queries.ts';
import { readActivationInForce, readOpenProposalView } from '../response/queries.ts';
import { readWeatherNews } from '../weather/queries.ts';
import { readForecastNews, readZoneViews } from '../zones/queries.ts';
import type { Viewer } from '../realtime/sockets.ts';
import { readLastSeq } from '../realtime/event-log.ts';
import { publicActivation, publicStation } from '../realtime/public-view.ts';

/**
 * All that the viewer may see of the city, as of one number of the event log: read in one repeatable-read
 * transaction, so that the log continues exactly where the snapshot ends.
 * @param cells resolution-6 cells to limit places to; null = the whole city
 */
export async function readSnapshot(
  db: Database,
  viewer: Viewer,
  cells: readonly string[] | null,
): Promise<Snapshot> {
  const read: { snapshot?: Snapshot } = {};
  await db.sql.begin('isolation level repeatable read read only', async (tx) => {
    read.snapshot = await readAll(tx, viewer, cells);
  });
  return read.snapshot!;
}

async function readAll(tx: Tx, viewer: Viewer, cells: readonly string[] | null): Promise<Snapshot> {
  const { cityId, staff } = viewer;
  const seq = await readLastSeq(tx, cityId);
  if (seq === null) throw new AppError('not_found', { field: 'cityId' });
  const [clock] = await tx<{ at: string }[]>`select clock_timestamp() as at`;
  const stations = await readStationViews(tx, cityId);
  const night = await readActivationInForce(tx, cityId);
  return {
    seq,
    at: clock!.at,
    sightings: staff ? await readSightingViews(tx, cityId, cells) : [],
    clusters: staff ? await readOpenClusterViews(tx, cityId, cells) : [],
    dispatches: staff ? await readActiveDispatchViews(tx, cityId) : [],
    rechecks: staff ? await readOpenRecheckViews(tx, cityId) : [],
    teams: staff ? await readTeamViews(tx, cityId) : [],
    positions: staff ? await readTeamPositions(tx, cityId) : [],
    areas: staff ? await readAreaViews(tx, cityId) : [],
    stations: staff ? stations : stations.map(publicStation).filter(({ removed }) => !removed),
    zones: staff ? await readZoneViews(tx, cityId) : [],
    closures: staff ? await readClosureViews(tx, cityId) : [],
    activation: staff ? night : isReal(night) ? publicActivation(night) : null,
    proposal: staff ? await readOpenProposalView(tx, cityId) : null,
    weather: await readWeatherNews(tx, cityId),
    field: staff ? (await readForecastNews(tx, cityId)).revision : 0,
    reports: await readReportsOf(tx, viewer),
    keyPoints: staff ? await readKeyPointViews(tx, cityId, cells) : [],
    shifts: staff ? await readShiftViews(tx, cityId) : [],
    alarms: staff ? await readOpenAlarmViews(tx, cityId) : [],
    conflicts: staff ? await readOpenConflictViews(tx, cityId) : [],
    vehicles: staff ? await readVehicleViews(tx, cityId) : [],
    holds: staff ? await readLiveHoldViews(tx, cityId) : [],
    depots: staff ? await readDepotViews(tx, cityId) : [],
    stocks: staff ? await readStockViews(tx, cityId) : [],
    plan: staff ? await readPlanNews(tx, cityId) : null,
  };
}

/** What became of the viewer's own reports; none for somebody whom nothing is known of. */
export async function readReportsOf(db: Db, viewer: Viewer): Promise<OwnReport[]> {
  const { cityId, userId, deviceId } = viewer;
  if (userId !== null) return readOwnReports(db, cityId, { userId });
  return deviceId === null ? [] : readOwnReports(db, cityId, { deviceId });
}
