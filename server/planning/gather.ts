/** The night of a city as the planner takes it, from what the city knows of itself. */
import { keySpans } from '../../shared/key-points/key-hours.ts';
import type { Night, NightStation } from '../../shared/planning/night.ts';
import type { TravelMode } from '../../shared/roads/schema.ts';
import type { BedKind, StationView } from '../../shared/stations/schema.ts';
import type { CityWays, NightPlace } from './city-ways.ts';
import { crewsOf, spareTeamIds } from './crews.ts';
import type { NightFacts } from './facts.ts';
import { jobsOf } from './jobs.ts';

/** Handing somebody over at the door. */
const unloadMinutes = 10;
const dayMs = 24 * 3_600_000;
/** Told by nobody: about the time of carrying beds into a gymnasium. */
const usualSetUpMinutes = 60;

/** @param haste teams that have moved a little keep their figures */
export function nightOf(facts: NightFacts, ways: CityWays, haste = false): Night {
  const jobs = jobsOf(facts);
  const crews = crewsOf(facts, jobs);
  const modes = new Set<TravelMode>(crews.map(({ mode }) => mode));
  const places: NightPlace[] = [
    ...crews.map(({ id, position, mode }) => ({ key: `team:${id}`, position, mode })),
    ...jobs.map(({ id, position }) => ({ key: id, position, mode: null })),
    ...facts.stations.map(({ id, lon, lat }) => ({
      key: `station:${id}`,
      position: { lon, lat },
      mode: null,
    })),
  ];
  ways.seat(places, modes, haste);
  return {
    now: Date.parse(facts.now),
    places: places.map(({ position }) => position),
    teams: crews.map(({ position: _position, ...team }, i) => ({ ...team, at: i })),
    spareTeamIds: spareTeamIds(facts),
    jobs: jobs.map(({ position: _position, ...job }, i) => ({ ...job, at: crews.length + i })),
    stations: facts.stations.map((station, i) => ({
      ...houseOf(facts, station),
      at: crews.length + jobs.length + i,
    })),
    travel: ways.grids(places),
    settings: facts.settings.planning,
  };
}

function houseOf(facts: NightFacts, station: StationView): Omit<NightStation, 'at'> {
  const { fromHour, toHour } = station;
  const now = Date.parse(facts.now);
  const always = fromHour === toHour;
  // The run of its hours that is on, else the next one.
  const span = always
    ? null
    : keySpans({ fromHour, toHour }, now, now + 2 * dayMs, facts.timeZone).find(
        ({ end }) => end > now,
      );
  return {
    id: station.id,
    free: Object.fromEntries(station.places.map(({ kind, free }) => [kind, free])) as Partial<
      Record<BedKind, number>
    >,
    openFrom: span?.start ?? null,
    openUntil: span?.end ?? null,
    shelter: station.kind === 'shelter',
    open: station.open,
    setUpMinutes: station.setUpMinutes ?? usualSetUpMinutes,
    unloadMinutes,
  };
}
