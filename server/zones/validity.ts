import { AppError } from '../../shared/errors.ts';
import type { Polygon } from '../../shared/geo/position.ts';
import type { Db } from '../kernel/sql.ts';

/** Half of the Earth's surface in m²: a drawn area of that size was drawn inside out. */
const largestSquareMeters = 2.5e14;

/**
 * Closes open rings, and refuses what no map can hold (crossing edges, no surface) before it
 * reaches a column: set operations on invalid polygons give nothing or worse.
 * @throws AppError polygon_invalid with the field, and PostGIS' own reason as a parameter
 */
export async function requireValidPolygon(
  db: Db,
  boundary: Polygon,
  field: string,
): Promise<Polygon> {
  const closed = { ...boundary, coordinates: boundary.coordinates.map(closeRing) };
  const [verdict] = await db<{ reason: string }[]>`
    with drawn as (select st_geomfromgeojson(${JSON.stringify(closed)}) as shape)
    select case
      when not st_isvalid(shape) then st_isvalidreason(shape)
      when st_area(shape::geography) not between 1 and ${largestSquareMeters}::float8 then 'no surface'
      else '' end as reason
    from drawn`.catch((error: unknown) => {
    // PostGIS has no other way to say that an edge goes half around the Earth, or worse.
    if ((error as { code?: unknown }).code !== 'XX000') throw error;
    throw new AppError('polygon_invalid', { field, params: { reason: 'no shape on the Earth' } });
  });
  if (verdict?.reason !== '') {
    throw new AppError('polygon_invalid', { field, params: { reason: verdict?.reason ?? '' } });
  }
  return closed;
}

function closeRing(ring: [number, number][]): [number, number][] {
  const first = ring[0]!;
  const last = ring.at(-1)!;
  return first[0] === last[0] && first[1] === last[1] ? ring : [...ring, first];
}
