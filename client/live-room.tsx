/** Connects a signed-in screen to its city's events and hands what arrives to the stores of the domains. */
import { useEffect } from 'react';
import type { Role, SessionView } from '../shared/accounts/schema.ts';
import type { CitySettings } from '../shared/cities/schema.ts';
import { feltNow } from '../shared/response/felt.ts';
import { useClusters } from './clusters/store.ts';
import { useCrew } from './crew/store.ts';
import { useDispatchStore } from './dispatch/store.ts';
import { useConflictStore } from './field/store.ts';
import { api } from './kernel/api.ts';
import { heardAt, setLink, useConnection } from './kernel/connection.ts';
import { readKept, writeKept } from './kernel/kept.ts';
import { useSession } from './kernel/session.tsx';
import { useKeyPointStore } from './key-points/store.ts';
import { useMediaNews } from './media/store.ts';
import { usePatrols } from './patrols/store.ts';
import { usePlanNews } from './planning/store.ts';
import { emptyCity } from './realtime/city-state.ts';
import type { CityState, Positions } from './realtime/city-state.ts';
import { onNextFrame } from './realtime/frames.ts';
import { createCityKeeper, readKeptCity } from './realtime/kept-city.ts';
import type { KeptStart } from './realtime/kept-city.ts';
import { createLiveCity } from './realtime/live-city.ts';
import type { LiveCity } from './realtime/live-city.ts';
import type { LiveRoomProps } from './realtime/live-provider.tsx';
import { openSocket } from './realtime/open-socket.ts';
import { keepPart } from './service-worker/page.ts';
import type { Part } from './service-worker/parts.ts';
import { useClosureStore } from './roads/store.ts';
import { useShiftStore } from './shifts/store.ts';
import { useSightings } from './sightings/store.ts';
import { useHoldStore } from './stations/holds.ts';
import { useStationsStore } from './stations/store.ts';
import { useSupplyStore } from './supplies/store.ts';
import { useVehicleStore } from './vehicles/store.ts';
import { useResponse } from './response/store.ts';
import { nothingHeard, useWeatherStore } from './weather/store.ts';
import { followField } from './zones/follow-field.ts';
import type { FieldFollower } from './zones/follow-field.ts';
import { useZonesStore } from './zones/store.ts';

/** Each store hears only of what changed, so a screen that shows teams does not draw again for a sighting. */
function fill(state: CityState, before: CityState): void {
  const changed = (key: keyof CityState) => state[key] !== before[key];
  if (changed('sightings') || changed('reports'))
    useSightings.setState({ byId: state.sightings, reports: state.reports });
  if (changed('clusters')) useClusters.setState({ byId: state.clusters });
  if (changed('dispatches') || changed('rechecks'))
    useDispatchStore.setState({ byId: state.dispatches, rechecks: state.rechecks });
  if (changed('teams') || changed('areas'))
    usePatrols.setState({ teams: state.teams, areas: state.areas });
  if (changed('stations')) useStationsStore.setState({ byId: state.stations });
  if (changed('zones')) useZonesStore.setState({ zones: state.zones });
  if (changed('closures')) useClosureStore.setState({ byId: state.closures });
  if (changed('keyPoints')) useKeyPointStore.setState({ byId: state.keyPoints });
  if (changed('shifts')) useShiftStore.setState({ byId: state.shifts });
  if (changed('alarms')) useCrew.setState({ alarms: state.alarms });
  if (changed('vehicles')) useVehicleStore.setState({ byId: state.vehicles });
  if (changed('holds')) useHoldStore.setState({ byId: state.holds });
  if (changed('depots') || changed('stocks'))
    useSupplyStore.setState({ depots: state.depots, stocks: state.stocks });
  if (changed('plan')) usePlanNews.setState({ news: state.plan });
  if (changed('conflicts')) useConflictStore.setState({ byId: state.conflicts });
  if (changed('media')) useMediaNews.setState({ byId: state.media });
  if (changed('activation') || changed('proposal'))
    useResponse.setState({ activation: state.activation, proposal: state.proposal });
  if (changed('activation') || changed('weather')) {
    useWeatherStore.setState({ news: state.weather, declared: state.activation });
    useClusters.setState({ feltCelsius: feltNow(state.weather, state.activation) });
  }
}

function hearOfCells(cold: FieldFollower | null, state: CityState, before: CityState): void {
  const { cells, cellsSince: since, field: revision } = state;
  const same = cells === before.cells && since === before.cellsSince && revision === before.field;
  // A first picture of the city may look like none at all.
  if (!same || before.seq === null) cold?.hear({ cells, since, revision });
}

function connect(
  session: SessionView,
  kept: KeptStart | null,
  handlers: { onRefused: () => void; onSeen: () => void },
): { live: LiveCity; stop: () => void } {
  let before = emptyCity;
  const socket = openSocket();
  setLink('connecting');
  if (kept) heardAt(kept.at);
  const isLive = () => useConnection.getState().state === 'live';
  // A desk is never opened without a network: what it sees of people is not left on it.
  const inTheField = session.user.role === 'patrol' || session.user.role === 'reporter';
  const keeper = createCityKeeper(session, isLive);
  const atWork = session.user.role !== 'reporter';
  const keepFor = inTheField ? session.user.id : null;
  const cold = atWork ? followField(session.cityId, keepFor) : null;
  const live = createLiveCity(
    socket,
    session.cityId,
    {
      onState: (state, cells) => {
        fill(state, before);
        hearOfCells(cold, state, before);
        before = state;
        handlers.onSeen();
        if (inTheField && isLive()) keeper.keep(state, cells, usePatrols.getState().positions);
      },
      onPositions: (positions: Positions) => usePatrols.setState({ positions }),
      onLink: setLink,
      onRefused: handlers.onRefused,
      schedule: onNextFrame,
    },
    kept ?? undefined,
  );
  // A link that looks open though the server no longer answers is dialled anew.
  const unsubscribe = useConnection.subscribe((now, then) => {
    if (now.state === 'offline' && then.state === 'live') setTimeout(socket.redial, 0);
  });
  const stop = () => {
    unsubscribe();
    keeper.stop();
    cold?.stop();
    live.stop();
    setLink(null);
    fill(emptyCity, before);
    usePatrols.setState({ positions: new Map() });
    useWeatherStore.setState(nothingHeard);
  };
  return { live, stop };
}

type Thresholds = CitySettings['priorityThresholds'];

function useThresholds(session: SessionView | null): void {
  const staff = session !== null && session.user.role !== 'reporter';
  const userId = session?.user.id ?? '';
  useEffect(() => {
    if (!staff) return;
    const take = (priorityThresholds: Thresholds) =>
      useClusters.setState({ thresholds: priorityThresholds });
    api.cities.readSettings.query().then(
      ({ priorityThresholds }) => {
        take(priorityThresholds);
        void writeKept(`thresholds ${userId}`, priorityThresholds);
      },
      // Else the defaults stay; the next sign-in asks again.
      async () => {
        const kept = await readKept<Thresholds>(`thresholds ${userId}`);
        if (kept) take(kept);
      },
    );
  }, [staff, userId]);
}

/** What the device keeps for those who work with it; others' devices only what they opened. */
const partOf = (role: Role): Part | null =>
  role === 'patrol' ? 'field' : role === 'reporter' ? 'reporter' : null;

export function LiveRoom({ onChange }: LiveRoomProps) {
  const { session, reload } = useSession();
  const key = session ? `${session.cityId} ${session.user.id} ${session.user.role}` : null;
  useThresholds(session ?? null);
  useEffect(() => {
    if (!session) return;
    let stop: (() => void) | null = null;
    let over = false;
    let seen = false;
    const begin = async () => {
      const kept = await readKeptCity(session);
      if (over) return;
      const { live, stop: disconnect } = connect(session, kept, {
        onRefused: reload,
        onSeen: () => {
          // Once: every screen that looks at the connection is drawn anew.
          if (!seen) onChange({ live, seen: true });
          seen = true;
        },
      });
      stop = disconnect;
      onChange({ live, seen: false });
    };
    void begin();
    const part = partOf(session.user.role);
    if (part !== null) keepPart(part);
    // A line that broke while the parts were fetched.
    const unsubscribe = useConnection.subscribe((now, then) => {
      if (part !== null && now.state === 'live' && then.state === 'offline') keepPart(part);
    });
    return () => {
      over = true;
      unsubscribe();
      onChange({ live: null, seen: false });
      stop?.();
    };
    // oxlint-disable-next-line react/exhaustive-deps -- a new session object for the same person keeps its connection
  }, [key]);
  return null;
}
