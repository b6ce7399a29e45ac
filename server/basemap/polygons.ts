/** Puts each hole into the outer ring that holds it. */
import { contains, signedArea } from './geometry.ts';
import type { Path } from './geometry.ts';

/** Polygons as rings, outer first. Holes outside every outer ring are dropped. */
export function assemblePolygons(outers: Path[], inners: Path[]): Path[][] {
  const polygons = outers.map((outer) => [outer]);
  for (const inner of inners) {
    let smallest: Path[] | undefined;
    for (const polygon of polygons) {
      const [outer] = polygon;
      if (!outer || !contains(outer, inner[0] ?? 0, inner[1] ?? 0)) continue;
      const [best] = smallest ?? [];
      if (!best || Math.abs(signedArea(outer)) < Math.abs(signedArea(best))) smallest = polygon;
    }
    smallest?.push(inner);
  }
  return polygons;
}
