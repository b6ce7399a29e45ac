/** All that a plan is made of, read as of one number of the event log. */
import type { CitySettings } from '../../shared/cities/schema.ts';
import type { ClusterView } from '../../shared/clusters/schema.ts';
import type { DispatchView, RecheckView } from '../../shared/dispatch/schema.ts';
import type { Position } from '../../shared/geo/position.ts';
import type { TeamPosition, TeamView } from '../../shared/patrols/schema.ts';
import type { HoldView, StationView } from '../../shared/stations/schema.ts';
import type { StockView } from '../../shared/supplies/schema.ts';
import type { VehicleView } from '../../shared/vehicles/schema.ts';
import { feltNow } from '../../shared/response/felt.ts';
import type { ActivationView } from '../../shared/response/schema.ts';
import { findCity, readConfiguration } from '../cities/queries.ts';
import { readOpenClusterViews } from '../clusters/queries.ts';
import {
  readActiveDispatchViews,
  readDeclines,
  readOpenRecheckViews,
} from '../dispatch/queries.ts';
import type { Database, Tx } from '../kernel/sql.ts';
import { readTeamPositions, readTeamViews } from '../patrols/queries.ts';
import { readLastSeq } from '../realtime/event-log.ts';
import { readLiveHoldViews, readStationViews } from '../stations/queries.ts';
import { readStockViews } from '../supplies/queries.ts';
import { readVehicleViews } from '../vehicles/queries.ts';
import { readActivationInForce } from '../response/queries.ts';
import { readWeatherNews } from '../weather/queries.ts';
import { decisionHours, readDismissals, readPins } from './queries.ts';
import type { Dismissal, Pin } from './queries.ts';

export interface NightFacts {
  /** of the event log: what came later is in no plan made of this */
  seq: number;
  now: string;
  timeZone: string;
  center: Position;
  settings: CitySettings;
  activation: ActivationView | null;
  /** how cold it is now, as far as anybody knows */
  feltCelsius: number | null;
  teams: TeamView[];
  positions: TeamPosition[];
  vehicles: VehicleView[];
  stocks: StockView[];
  stations: StationView[];
  holds: HoldView[];
  clusters: ClusterView[];
  rechecks: RecheckView[];
  /** those that bind a team */
  dispatches: DispatchView[];
  declines: { clusterId: string; recheckId: string | null; teamId: string }[];
  pins: Pin[];
  dismissals: Dismissal[];
}

/** null when there is no such city (any more) */
export async function readFacts(db: Database, cityId: string): Promise<NightFacts | null> {
  const read: { facts?: NightFacts | null } = {};
  await db.sql.begin('isolation level repeatable read read only', async (tx) => {
    read.facts = await readAll(tx, cityId);
  });
  return read.facts!;
}

async function readAll(tx: Tx, cityId: string): Promise<NightFacts | null> {
  const seq = await readLastSeq(tx, cityId);
  const city = await findCity(tx, cityId);
  const settings = await readConfiguration(tx, cityId);
  if (seq === null || city === null || settings === null) return null;
  const [clock] = await tx<{ now: string; since: string }[]>`
    select clock_timestamp() as now, clock_timestamp() - make_interval(hours => ${decisionHours}) as since`;
  const { now, since } = clock!;
  const dispatches = await readActiveDispatchViews(tx, cityId);
  const activation = await readActivationInForce(tx, cityId);
  return {
    seq,
    now,
    timeZone: city.timeZone,
    center: city.center,
    settings,
    activation,
    feltCelsius: feltNow(await readWeatherNews(tx, cityId), activation),
    teams: await readTeamViews(tx, cityId),
    positions: await readTeamPositions(tx, cityId),
    vehicles: await readVehicleViews(tx, cityId),
    stocks: await readStockViews(tx, cityId),
    stations: await readStationViews(tx, cityId),
    holds: await readLiveHoldViews(tx, cityId),
    clusters: await readOpenClusterViews(tx, cityId, null),
    rechecks: await readOpenRecheckViews(tx, cityId),
    dispatches: dispatches.filter(({ endedAt }) => endedAt === null),
    declines: await readDeclines(tx, cityId, since),
    pins: await readPins(tx, cityId),
    dismissals: await readDismissals(tx, cityId),
  };
}
