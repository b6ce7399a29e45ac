/** The last state of the city that somebody saw, kept so that their screen opens with no network. */
import type { SessionView } from '../../shared/accounts/schema.ts';
import type { Snapshot } from '../../shared/realtime/events.ts';
import { readKept, writeKept } from '../kernel/kept.ts';
import { applyPositions, cityOfSnapshot } from './city-state.ts';
import type { ById, CityState, Positions } from './city-state.ts';
import type { LiveCityStart } from './live-city.ts';

/** A new shape of the snapshot is a new number: what an older version kept is then no longer read. */
const shape = 3;
/** A busy night changes the city many times a second; a killed tab loses no more than this. */
const everyMs = 5_000;
const heardEveryMs = 20_000;

interface KeptCity {
  shape: number;
  cityId: string;
  role: string;
  cells: string[] | null;
  /** null: the number is not known, so that the server is asked for all of it */
  seq: number | null;
  snapshot: Omit<Snapshot, 'seq'>;
}

export interface KeptStart extends LiveCityStart {
  /** when it was right */
  at: string;
}

export async function readKeptCity(session: SessionView): Promise<KeptStart | null> {
  const { user, cityId } = session;
  const [kept, heard] = await Promise.all([
    readKept<KeptCity>(`city ${user.id}`),
    readKept<string>(`heard ${user.id}`),
  ]);
  if (kept?.shape !== shape || kept.cityId !== cityId || kept.role !== user.role) return null;
  const { snapshot, cells, seq } = kept;
  const at = heard !== null && heard > snapshot.at ? heard : snapshot.at;
  return {
    at,
    cells,
    positions: applyPositions(new Map(), snapshot.positions),
    state: { ...cityOfSnapshot({ ...snapshot, seq: seq ?? 0 }), seq },
  };
}

/** What a snapshot would say now. What only this screen watched end is not part of it. */
function snapshotOfCity(state: CityState): Omit<Snapshot, 'seq' | 'at' | 'positions'> {
  const list = <V>(map: ById<V>): V[] => [...map.values()];
  return {
    sightings: list(state.sightings),
    clusters: list(state.clusters).filter(({ open }) => open),
    dispatches: list(state.dispatches),
    rechecks: list(state.rechecks),
    teams: list(state.teams).filter(({ removed }) => !removed),
    areas: list(state.areas),
    stations: list(state.stations),
    zones: list(state.zones),
    closures: list(state.closures),
    activation: state.activation,
    proposal: state.proposal,
    weather: state.weather,
    field: state.field,
    reports: list(state.reports),
    keyPoints: list(state.keyPoints),
    shifts: list(state.shifts),
    alarms: list(state.alarms),
    conflicts: list(state.conflicts),
    vehicles: list(state.vehicles),
    holds: list(state.holds),
    depots: list(state.depots),
    stocks: list(state.stocks),
    plan: state.plan,
  };
}

export interface CityKeeper {
  /** To be called with what is known to be current. */
  keep(state: CityState, cells: string[] | null, positions: Positions): void;
  stop(): void;
}

export function createCityKeeper(session: SessionView, isCurrent: () => boolean): CityKeeper {
  const { user, cityId } = session;
  let waiting: (() => void) | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    clearTimeout(timer);
    timer = undefined;
    waiting?.();
    waiting = null;
  };
  const hear = () => {
    if (isCurrent()) void writeKept(`heard ${user.id}`, new Date().toISOString());
  };
  const leave = () => {
    if (document.visibilityState !== 'hidden') return;
    write();
    hear();
  };
  const hearing = setInterval(hear, heardEveryMs);
  document.addEventListener('visibilitychange', leave);
  return {
    keep: (state, cells, positions) => {
      waiting = () => {
        const at = new Date().toISOString();
        const lists = { ...snapshotOfCity(state), positions: [...positions.values()], at };
        const kept: KeptCity = {
          shape,
          cityId,
          role: user.role,
          cells,
          seq: state.seq,
          snapshot: lists,
        };
        void writeKept(`city ${user.id}`, kept);
      };
      timer ??= setTimeout(write, everyMs);
    },
    stop: () => {
      clearTimeout(timer);
      clearInterval(hearing);
      document.removeEventListener('visibilitychange', leave);
    },
  };
}
