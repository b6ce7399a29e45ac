/** Whether the areas of an alert touch a city. */

/** [west, south, east, north] in degrees */
export type Bounds = readonly [number, number, number, number];

/** `touches` and `elsewhere` were drawn; `unplaced` has only names or codes, so nobody but a person can tell. */
export type Placement = 'touches' | 'elsewhere' | 'unplaced';

/** @param polygons, circles as CAP writes them: `lat,lon lat,lon …` and `lat,lon radiusKm` */
export function placementOf(
  polygons: readonly string[],
  circles: readonly string[],
  bounds: Bounds,
): Placement {
  const shapes = [
    ...polygons.filter((text) => text !== '').map((text) => touchesPolygon(text, bounds)),
    ...circles.filter((text) => text !== '').map((text) => touchesCircle(text, bounds)),
  ];
  if (shapes.includes(true)) return 'touches';
  // A shape that can't be read could be anywhere.
  return shapes.length === 0 || shapes.includes(null) ? 'unplaced' : 'elsewhere';
}

type Point = readonly [lon: number, lat: number];
const number = /^[-+]?\d+(\.\d+)?$/;

function pointOf(text: string): Point | null {
  const [lat, lon, ...rest] = text.split(',').filter((part) => part !== '');
  if (lat === undefined || lon === undefined || rest.length > 0) return null;
  if (!number.test(lat) || !number.test(lon)) return null;
  const point: Point = [Number(lon), Number(lat)];
  return Math.abs(point[0]) <= 180 && Math.abs(point[1]) <= 90 ? point : null;
}

/** Null: not to be read. */
function touchesPolygon(text: string, bounds: Bounds): boolean | null {
  const points = text.trim().split(/\s+/).map(pointOf);
  if (points.length < 3 || points.length > 20_000) return null;
  const ring = points.filter((point) => point !== null);
  if (ring.length < points.length) return null;
  const [west, south, east, north] = bounds;
  const corners: Point[] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ];
  return (
    ring.some((point) => inBounds(point, bounds)) ||
    corners.some((corner) => inRing(corner, ring)) ||
    edgesOf(ring).some(([a, b]) => edgesOf(corners).some(([c, d]) => cross(a, b, c, d)))
  );
}

const inBounds = ([lon, lat]: Point, [west, south, east, north]: Bounds): boolean =>
  lon >= west && lon <= east && lat >= south && lat <= north;

const edgesOf = (ring: readonly Point[]): [Point, Point][] =>
  ring.map((point, index) => [point, ring[(index + 1) % ring.length]!]);

function inRing([lon, lat]: Point, ring: readonly Point[]): boolean {
  let inside = false;
  for (const [a, b] of edgesOf(ring))
    if (a[1] > lat !== b[1] > lat && lon < ((b[0] - a[0]) * (lat - a[1])) / (b[1] - a[1]) + a[0])
      inside = !inside;
  return inside;
}

const side = (a: Point, b: Point, c: Point): number =>
  Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
const cross = (a: Point, b: Point, c: Point, d: Point): boolean =>
  side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);

const kmPerDegree = 111.195;
function touchesCircle(text: string, [west, south, east, north]: Bounds): boolean | null {
  const [place, radius, ...rest] = text.trim().split(/\s+/);
  const middle = place === undefined ? null : pointOf(place);
  if (middle === null || radius === undefined || rest.length > 0 || !number.test(radius))
    return null;
  const nearest: Point = [clamp(middle[0], west, east), clamp(middle[1], south, north)];
  const eastKm =
    (middle[0] - nearest[0]) * kmPerDegree * Math.cos(((middle[1] + nearest[1]) * Math.PI) / 360);
  const northKm = (middle[1] - nearest[1]) * kmPerDegree;
  return Math.hypot(eastKm, northKm) <= Math.max(0, Number(radius));
}
const clamp = (value: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, value));
