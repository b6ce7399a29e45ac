/** What the cells owe at the hour that is looked at: one picture for the map, the list and the detail. */
import { createContext, use, useMemo } from 'react';
import type { ReactNode } from 'react';
import { distanceMeters } from '../../shared/geo/ellipsoid.ts';
import type { Position } from '../../shared/geo/position.ts';
import { useKeyPoints } from '../key-points/store.ts';
import { usePatrols } from '../patrols/store.ts';
import { useStationsStore } from '../stations/store.ts';
import { useAgingNow, useFelt, useWeatherStore } from '../weather/store.ts';
import { feltThereOf } from '../zones/felt-there.ts';
import { hotPlaces, placeOfCell } from '../zones/hot-places.ts';
import type { HotPlace } from '../zones/hot-places.ts';
import type { ColdPicture, FeltThere } from '../zones/picture.ts';
import { nameOfPlace } from '../zones/place-name.ts';
import type { Named, PlaceName } from '../zones/place-name.ts';
import { useZones } from '../zones/store.ts';
import { useColdPicture } from '../zones/use-cold-picture.ts';
import { useBoard } from './store.ts';

export interface ListedPlace {
  place: HotPlace;
  name: PlaceName | null;
  /** on duty, in a straight line */
  team: { name: string; meters: number } | null;
}

export interface ColdScene {
  picture: ColdPicture | null;
  feltThere: FeltThere;
  /** where most is owed, first */
  places: readonly ListedPlace[];
  /** the chosen one, also when it isn't among them */
  chosen: ListedPlace | null;
}

const nothing: ColdScene = { picture: null, feltThere: () => null, places: [], chosen: null };
const ColdContext = createContext<ColdScene>(nothing);

export const useColdScene = (): ColdScene => use(ColdContext);

const mostPlaces = 40;

export function ColdSceneProvider({ children }: { children: ReactNode }) {
  const view = useWeatherStore((store) => store.view);
  const felt = useFelt();
  const now = useAgingNow();
  const feltThere = useMemo(() => feltThereOf(view, felt, now), [view, felt, now]);
  const hoursAhead = useBoard((board) => board.hoursAhead);
  const picture = useColdPicture(feltThere, useKeyPoints(), hoursAhead);
  const hot = useMemo(() => (picture === null ? [] : hotPlaces(picture, mostPlaces)), [picture]);
  const listed = useListed();
  const places = useMemo(() => hot.map(listed), [hot, listed]);
  const cell = useBoard((board) => board.cell);
  const chosen = useMemo(() => {
    const place = picture === null || cell === null ? null : placeOfCell(picture, hot, cell);
    return place === null ? null : listed(place);
  }, [picture, hot, cell, listed]);
  const scene = useMemo(
    () => ({ picture, feltThere, places, chosen }),
    [picture, feltThere, places, chosen],
  );
  return <ColdContext value={scene}>{children}</ColdContext>;
}

function useListed(): (place: HotPlace) => ListedPlace {
  const zones = useZones();
  const keyPoints = useKeyPoints();
  const stations = useStationsStore((store) => store.byId);
  const teams = usePatrols((store) => store.teams);
  const positions = usePatrols((store) => store.positions);
  const named = useMemo<Named[]>(() => [...keyPoints, ...stations.values()], [keyPoints, stations]);
  const onDuty = useMemo(
    () =>
      [...positions.values()].flatMap((position) => {
        const team = teams.get(position.teamId);
        return team?.onDuty === true ? [{ name: team.name, position }] : [];
      }),
    [positions, teams],
  );
  return useMemo(
    () => (place) => ({
      place,
      name: nameOfPlace(place.position, zones, named),
      team: nearestOf(place.position, onDuty),
    }),
    [zones, named, onDuty],
  );
}

function nearestOf(
  to: Position,
  teams: readonly { name: string; position: Position }[],
): ListedPlace['team'] {
  let nearest: ListedPlace['team'] = null;
  for (const { name, position } of teams) {
    const meters = distanceMeters(position, to);
    if (nearest === null || meters < nearest.meters) nearest = { name, meters };
  }
  return nearest;
}
