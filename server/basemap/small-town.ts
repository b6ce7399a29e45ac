/** Four streets, a river, a park: an extract small enough to know by heart. For tests. */
import type { OsmData, OsmNode, OsmWay } from './osm-writer.ts';

const ORIGIN = { lon: 125, lat: 44 };

/** Streets every 0.01° from 125.00/44.00 to 125.02/44.02, crossing at shared nodes. */
export function smallTown(): OsmData {
  const nodes: OsmNode[] = [];
  const ways: OsmWay[] = [];
  const at = (x: number, y: number, tags?: Record<string, string>): number => {
    const id = nodes.length + 1;
    const position = { lon: ORIGIN.lon + x * 0.01, lat: ORIGIN.lat + y * 0.01 };
    nodes.push(tags ? { id, ...position, tags } : { id, ...position });
    return id;
  };
  const way = (refs: number[], tags: Record<string, string>): void => {
    ways.push({ id: ways.length + 1, refs, tags });
  };
  const grid = [0, 1, 2].map((x) => [0, 1, 2].map((y) => at(x, y)));
  const node = (x: number, y: number): number => grid[x]?.[y] ?? 0;
  for (const i of [0, 1, 2]) {
    const central = i === 1;
    const named = central
      ? { highway: 'primary', name: '中心大街', 'name:en': 'Central Street' }
      : { highway: 'residential', name: `东${i}路` };
    way([node(0, i), node(1, i), node(2, i)], named);
    way([node(i, 0), node(i, 1), node(i, 2)], { highway: 'residential' });
  }
  // Over the river to a village that has no other road.
  const beyond = at(3, 1);
  way([node(2, 1), beyond], {
    highway: 'primary',
    bridge: 'yes',
    'bridge:name': '镇桥',
    'bridge:name:en': 'Town Bridge',
  });
  const square = (x: number, y: number, size: number, tags: Record<string, string>): void => {
    const ring = [at(x, y), at(x + size, y), at(x + size, y + size), at(x, y + size)];
    way([...ring, ring[0] ?? 0], tags);
  };
  square(0.9, 0.9, 0.08, { building: 'yes' });
  square(1.1, 0.8, 0.15, { building: 'yes' });
  square(0.2, 0.2, 0.5, { leisure: 'park', name: '小镇公园', 'name:en': 'Town Park' });
  square(1.02, 1.02, 0.3, { natural: 'water', name: '小湖' });
  at(1.5, 1.4, { railway: 'station', name: '小镇站', 'name:en': 'Town Station' });
  at(0.5, 1.5, { place: 'town', name: '小镇' });
  return { bounds: [125, 44, 125.03, 44.02], nodes, ways, relations: [] };
}
