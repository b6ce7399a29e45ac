/** What the movement book says of the hours to come; see docs/supplies.md. */
import type { Position } from '../../shared/geo/position.ts';
import type { TeamView } from '../../shared/patrols/schema.ts';
import { estimateMatrix } from '../../shared/roads/estimate.ts';
import { defaultConditions } from '../../shared/roads/schema.ts';
import type { TravelMode } from '../../shared/roads/schema.ts';
import { forecastSupplies, usualShiftHours } from '../../shared/supplies/forecast.ts';
import type { Pieces, StandingStore, TeamTonight } from '../../shared/supplies/forecast.ts';
import { listLoads } from '../../shared/supplies/loading.ts';
import type { LoadingList, Store, SupplyForecast } from '../../shared/supplies/schema.ts';
import { storeKey } from '../../shared/supplies/store-key.ts';
import { peopleRate } from '../../shared/supplies/usual.ts';
import { isReal } from '../../shared/response/rules.ts';
import type { ResponseLevel } from '../../shared/response/schema.ts';
import type { Session } from '../kernel/context.ts';
import type { Database, Db } from '../kernel/sql.ts';
import { readTeamPositions, readTeamViews } from '../patrols/queries.ts';
import { readShiftViews, readTotals } from '../shifts/queries.ts';
import { readStationViews } from '../stations/queries.ts';
import { readVehicleViews } from '../vehicles/queries.ts';
import { readActivationInForce } from '../response/queries.ts';
import { countPeopleGiven, readDepotViews, readGiven, readStockViews } from './queries.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** A team that said nothing of a shift counts as out for so long. */
const unsaidHours = 4;
const longestShiftHours = 16;
/** How far back the number of people per hour is counted. */
const nightsBack = 14;

/** Straight lines: the point where two meet lies on one too. */
function wayOf(mode: TravelMode, from: Position, to: Position): number {
  return estimateMatrix(mode, [from], [to], defaultConditions).seconds[0]!;
}

interface Setting {
  now: number;
  teams: TeamView[];
  positions: Map<string, Position>;
  modes: Map<string, TravelMode>;
  /** by store */
  stock: Map<string, Pieces>;
  stores: StandingStore[];
  level: ResponseLevel | null;
}

async function readSetting(db: Db, cityId: string): Promise<Setting> {
  const [teams, positions, vehicles, stocks, depots, stations, night] = await Promise.all([
    readTeamViews(db, cityId),
    readTeamPositions(db, cityId),
    readVehicleViews(db, cityId),
    readStockViews(db, cityId),
    readDepotViews(db, cityId),
    readStationViews(db, cityId),
    readActivationInForce(db, cityId),
  ]);
  const stock = new Map(
    stocks.map(({ store, levels }) => [
      storeKey(store),
      Object.fromEntries(levels.map(({ item, quantity }) => [item, quantity])) as Pieces,
    ]),
  );
  const standing = (kind: Store['kind'], { id, lon, lat }: { id: string } & Position) => {
    const store: Store = { kind, id };
    return { store, at: { lon, lat }, holds: stock.get(storeKey(store)) ?? {} };
  };
  return {
    now: Date.now(),
    teams,
    positions: new Map(positions.map(({ teamId, lon, lat }) => [teamId, { lon, lat }])),
    modes: new Map(
      vehicles.flatMap(({ teamId, mode }) => (teamId === null ? [] : [[teamId, mode] as const])),
    ),
    stock,
    stores: [
      ...depots.map((depot) => standing('depot', depot)),
      ...stations.map((station) => standing('station', station)),
    ],
    level: isReal(night) ? night.level : null,
  };
}

const aboardOf = ({ stock }: Setting, id: string): Pieces =>
  stock.get(storeKey({ kind: 'team', id })) ?? {};

/** Of every team on duty; a patrol is told of its own, weighed with the others. */
export async function readForecast(
  { sql }: Database,
  { cityId, role, teamId }: Session,
): Promise<SupplyForecast[]> {
  const setting = await readSetting(sql, cityId);
  const { now, level, stores } = setting;
  const onDuty = setting.teams.filter((team) => team.onDuty);
  const shifts = await readShiftViews(sql, cityId);
  const hoursOut = new Map(
    onDuty.map(({ id }) => {
      const shift = shifts.find((candidate) => candidate.teamId === id && !candidate.endedAt);
      const hours = shift ? (now - Date.parse(shift.startedAt)) / hourMs : unsaidHours;
      return [id, Math.min(longestShiftHours, Math.max(0, hours))];
    }),
  );
  const since = [...hoursOut].map(([id, hours]) => ({
    teamId: id,
    from: new Date(now - hours * hourMs).toISOString(),
  }));
  const given = await readGiven(sql, cityId, since);
  const teams: TeamTonight[] = onDuty.map(({ id, shiftEndsAt }) => ({
    id,
    at: setting.positions.get(id) ?? null,
    mode: setting.modes.get(id) ?? 'foot',
    hoursOut: hoursOut.get(id)!,
    shiftEndsAt: shiftEndsAt === null ? null : Date.parse(shiftEndsAt),
    aboard: aboardOf(setting, id),
    given: Object.fromEntries(
      given.flatMap((one) => (one.teamId === id ? [[one.item, one.quantity]] : [])),
    ) as Pieces,
  }));
  const all = forecastSupplies({ now, level, teams, stores, way: wayOf });
  return role === 'patrol' ? all.filter((one) => one.teamId === teamId) : all;
}

/** Of every team with a vehicle, and of those that are on duty without one. */
export async function readLoadingLists(
  { sql }: Database,
  { cityId }: Session,
): Promise<LoadingList[]> {
  const setting = await readSetting(sql, cityId);
  const { now, level, stores } = setting;
  const period = {
    from: new Date(now - nightsBack * dayMs).toISOString(),
    to: new Date(now).toISOString(),
  };
  const people = await countPeopleGiven(sql, cityId, period);
  const { minutes } = await readTotals(sql, cityId, period);
  const teams = setting.teams
    .filter(({ id, onDuty }) => onDuty || setting.modes.has(id))
    .map(({ id, shiftEndsAt }) => ({
      id,
      at: setting.positions.get(id) ?? null,
      mode: setting.modes.get(id) ?? ('foot' as const),
      shiftHours:
        shiftEndsAt === null
          ? usualShiftHours
          : Math.max(0, (Date.parse(shiftEndsAt) - now) / hourMs),
      aboard: aboardOf(setting, id),
    }));
  const peoplePerHour = peopleRate({ count: people, hours: minutes / 60 });
  return listLoads({ level, peoplePerHour, teams, stores, way: wayOf });
}
