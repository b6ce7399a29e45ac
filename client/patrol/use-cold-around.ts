/** Where help is owed around this team, by the cells and the weather it has, with a network or without. */
import { useMemo } from 'react';
import { viewResolution } from '../../shared/realtime/view.ts';
import { keyOfCell, parentKey } from '../../shared/zones/cell-key.ts';
import { useKeyPoints } from '../key-points/store.ts';
import { useStationsStore } from '../stations/store.ts';
import { useAgingNow, useFelt, useWeatherStore } from '../weather/store.ts';
import { feltThereOf } from '../zones/felt-there.ts';
import { hotPlaces } from '../zones/hot-places.ts';
import type { HotPlace } from '../zones/hot-places.ts';
import type { ColdPicture } from '../zones/picture.ts';
import { nameOfPlace } from '../zones/place-name.ts';
import type { Named, PlaceName } from '../zones/place-name.ts';
import { useZones } from '../zones/store.ts';
import { useColdPicture } from '../zones/use-cold-picture.ts';

export interface ColdPlace {
  place: HotPlace;
  name: PlaceName | null;
}

export interface ColdAround {
  picture: ColdPicture | null;
  places: readonly ColdPlace[];
  nameOf: (place: HotPlace) => PlaceName | null;
}

const mostPlaces = 60;

/** @param followed the cells of the city that this screen is kept up to date of; null = all of it */
export function useColdAround(followed: readonly string[] | null): ColdAround {
  const view = useWeatherStore((store) => store.view);
  const felt = useFelt();
  const now = useAgingNow();
  const feltThere = useMemo(() => feltThereOf(view, felt, now), [view, felt, now]);
  const keyPoints = useKeyPoints();
  const picture = useColdPicture(feltThere, keyPoints, 0);
  const stations = useStationsStore((store) => store.byId);
  const zones = useZones();
  const named = useMemo<Named[]>(() => [...keyPoints, ...stations.values()], [keyPoints, stations]);
  const around = useMemo(
    () => followed && new Set(followed.map((cell) => keyOfCell(cell, viewResolution))),
    [followed],
  );
  return useMemo(() => {
    const nameOf = ({ position }: HotPlace) => nameOfPlace(position, zones, named);
    if (picture === null) return { picture, places: [], nameOf };
    const { keys, resolution } = picture.field;
    const isAround = (index: number): boolean =>
      around === null || around.has(parentKey(keys[index]!, resolution, viewResolution));
    const hot = hotPlaces(picture, mostPlaces, isAround);
    return { picture, places: hot.map((place) => ({ place, name: nameOf(place) })), nameOf };
  }, [picture, around, zones, named]);
}
