/** How fast a house fills, when it will be full, and which shelters could be ready before that. */
import { distanceMeters } from '../geo/ellipsoid.ts';
import { estimateFactors } from '../roads/estimate.ts';
import type { SaturationView, StationView } from './schema.ts';

/** The rate is that of the last hours: shorter forgets the evening's rush, longer mixes in the day. */
export const saturationHours = 6;
/**
 * So many events are imagined on top in which nobody came: two arrivals in a quiet evening are no rush. A rate of n
 * events counts for n / (n + 3) of itself.
 */
const imagined = 3;
/** A shelter is proposed while it could be ready with this to spare: somebody still has to decide and be woken. */
const marginHours = 2;
/** Of a shelter of which nobody has said it. */
const usualSetUpMinutes = 60;
const mostProposals = 3;
const hourMs = 3_600_000;

/** One person more (1) or less (−1), in the house or on the way to it. */
export interface PeopleFlow {
  at: string;
  people: number;
}

/** People in less people out per hour over the last hours, drawn towards none where few came and went. */
export function fillRate(flows: readonly PeopleFlow[], now: string): number {
  const since = Date.parse(now) - saturationHours * hourMs;
  let events = 0;
  let net = 0;
  for (const { at, people } of flows) {
    if (Date.parse(at) < since) continue;
    events += Math.abs(people);
    net += people;
  }
  return events === 0 ? 0 : (net / saturationHours) * (events / (events + imagined));
}

/** 0: full now; null: not filling. */
export function hoursToFull(free: number, perHour: number): number | null {
  if (free <= 0) return 0;
  return perHour > 0 ? free / perHour : null;
}

/** Somebody drives there from the house that fills up, and sets it up. */
export function readyInMinutes(house: StationView, shelter: StationView): number {
  const { detour, metersPerSecond } = estimateFactors.van;
  const drive = (distanceMeters(house, shelter) * detour) / metersPerSecond / 60;
  return Math.ceil((shelter.setUpMinutes ?? usualSetUpMinutes) + drive);
}

/** Prepared shelters that have to be decided about now, because the house may be full before they are ready. */
function proposalsFor(
  house: StationView,
  hours: number | null,
  stations: readonly StationView[],
): SaturationView['proposals'] {
  if (hours === null) return [];
  return stations
    .filter((other) => other.kind === 'shelter' && !other.open && !other.removed)
    .filter((shelter) => shelter.id !== house.id && shelter.bedsFree > 0)
    .map((shelter) => ({
      shelterId: shelter.id,
      readyInMinutes: readyInMinutes(house, shelter),
      places: shelter.bedsFree,
      distanceMeters: Math.round(distanceMeters(house, shelter)),
    }))
    .filter(({ readyInMinutes: ready }) => hours < ready / 60 + marginHours)
    .sort((a, b) => a.distanceMeters - b.distanceMeters || (a.shelterId < b.shelterId ? -1 : 1))
    .slice(0, mostProposals);
}

/** Of every open house with places, the first to be full first. */
export function saturationOf(
  stations: readonly StationView[],
  flows: ReadonlyMap<string, readonly PeopleFlow[]>,
  now: string,
): SaturationView[] {
  return stations
    .filter((house) => house.open && !house.removed && house.bedsTotal > 0)
    .map((house) => {
      const perHour = fillRate(flows.get(house.id) ?? [], now);
      const hours = hoursToFull(house.bedsFree, perHour);
      return {
        stationId: house.id,
        perHour,
        windowHours: saturationHours,
        hoursToFull: hours,
        proposals: proposalsFor(house, hours, stations),
      };
    })
    .sort((a, b) => (a.hoursToFull ?? Infinity) - (b.hoursToFull ?? Infinity) || byId(a, b));
}

const byId = (a: SaturationView, b: SaturationView): number =>
  a.stationId < b.stationId ? -1 : a.stationId > b.stationId ? 1 : 0;
