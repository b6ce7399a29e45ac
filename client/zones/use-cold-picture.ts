import { latLngToCell } from 'h3-js';
import { useMemo, useState } from 'react';
import type { Position } from '../../shared/geo/position.ts';
import { useCity } from '../kernel/city.tsx';
import { useNow } from '../kernel/clock.ts';
import { createPainter } from './picture.ts';
import type { ColdPicture, FeltThere, KeyHours } from './picture.ts';
import { useCold, useZones } from './store.ts';

type Watched = Position & { fromHour: number; toHour: number };

/**
 * What all cells owe, now or so many hours ahead: judged anew when a cell, a zone, the weather or the clock changes.
 * Null until the field has come.
 * @param watched the key points, whose hours are a reason
 */
export function useColdPicture(
  feltThere: FeltThere,
  watched: readonly Watched[],
  hoursAhead: number,
): ColdPicture | null {
  const { city } = useCity();
  const zones = useZones();
  const field = useCold((cold) => cold.field);
  const version = useCold((cold) => cold.version);
  const nowMs = useNow();
  const timeZone = city?.timeZone ?? 'Asia/Shanghai';
  const resolution = field?.resolution ?? null;
  const [paint] = useState(createPainter);
  const keyHours = useMemo(() => keyHoursOf(watched, resolution), [watched, resolution]);
  return useMemo(
    () =>
      field === null
        ? null
        : paint({ field, zones, feltThere, keyHours, timeZone, nowMs, hoursAhead }),
    // oxlint-disable-next-line react/exhaustive-deps -- the field changes in place; its version says when
    [paint, field, version, zones, feltThere, keyHours, timeZone, nowMs, hoursAhead],
  );
}

function keyHoursOf(watched: readonly Watched[], resolution: number | null): KeyHours {
  const hours = new Map<string, { fromHour: number; toHour: number }[]>();
  if (resolution === null) return hours;
  for (const { lon, lat, fromHour, toHour } of watched) {
    const cell = latLngToCell(lat, lon, resolution);
    const known = hours.get(cell);
    if (known) known.push({ fromHour, toHour });
    else hours.set(cell, [{ fromHour, toHour }]);
  }
  return hours;
}
