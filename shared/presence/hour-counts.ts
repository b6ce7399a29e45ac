/** At which local hours people were seen, per cell and in the city: each place once per night and hour. */
import type { CellNights } from './cell-nights.ts';

export const hoursOfDay = 24;
/** Hours fade like this: places change their hours with the season. */
const halfLifeNights = 60;
/** Fewer sightings don't say when. */
const leastForUsual = 3;
const noon = 12;
/** left out at either end */
const tail = 0.1;

export interface HourCounts {
  /** 24 per cell, faded */
  seen: Float32Array;
  /** per cell, faded */
  total: Float32Array;
  /** per cell, not faded */
  sightings: Uint32Array;
  /** of the city: looks by staff, and those that found somebody */
  visits: Float64Array;
  found: Float64Array;
}

export function countHours(nights: CellNights, tonight: number): HourCounts {
  const { names, cell, night, rows, rowsOf, firstNight } = nights;
  const counts: HourCounts = {
    seen: new Float32Array(names.length * hoursOfDay),
    total: new Float32Array(names.length),
    sightings: new Uint32Array(names.length),
    visits: new Float64Array(hoursOfDay),
    found: new Float64Array(hoursOfDay),
  };
  const fading = Float64Array.from(
    { length: Math.max(1, tonight - firstNight + 1) },
    (_, ago) => 2 ** (-ago / halfLifeNights),
  );
  for (let i = 0; i < cell.length; i++) {
    const weight = fading[tonight - firstNight - night[i]!] ?? 1;
    /** bits per hour: of the place at hand, and of the cell's visits */
    let [ofPlace, looked, met] = [0, 0, 0];
    for (let row = rowsOf[i]!; row < rowsOf[i + 1]!; row++) {
      const bit = 1 << rows.hour[row]!;
      const found = rows.people[row]! > 0;
      if (rows.visit[row] === 1) {
        looked |= bit;
        if (found) met |= bit;
      }
      if (!found) continue;
      const first = row === rowsOf[i]! || rows.place[row - 1] !== rows.place[row];
      if (first) ofPlace = 0;
      if (ofPlace & bit) continue;
      ofPlace |= bit;
      counts.seen[cell[i]! * hoursOfDay + rows.hour[row]!]! += weight;
      counts.total[cell[i]!]! += weight;
      counts.sightings[cell[i]!]!++;
    }
    for (; looked !== 0; looked &= looked - 1) {
      const hour = 31 - Math.clz32(looked & -looked);
      counts.visits[hour]!++;
      if (met & (1 << hour)) counts.found[hour]!++;
    }
  }
  return counts;
}

/** The local hours, from noon to noon, that hold the middle 80 % of what was seen; 255 where that is too little. */
export function usualHours({ seen, total, sightings }: HourCounts): {
  usualFrom: Uint8Array;
  usualTo: Uint8Array;
} {
  const usualFrom = new Uint8Array(total.length).fill(255);
  const usualTo = new Uint8Array(total.length).fill(255);
  for (let cell = 0; cell < total.length; cell++) {
    if (sightings[cell]! < leastForUsual) continue;
    let sum = 0;
    for (let i = 0; i < hoursOfDay; i++) {
      const hour = (noon + i) % hoursOfDay;
      const count = seen[cell * hoursOfDay + hour]!;
      if (sum <= tail * total[cell]! && sum + count > tail * total[cell]!) usualFrom[cell] = hour;
      sum += count;
      if (sum >= (1 - tail) * total[cell]!) {
        usualTo[cell] = (hour + 1) % hoursOfDay;
        break;
      }
    }
  }
  return { usualFrom, usualTo };
}
