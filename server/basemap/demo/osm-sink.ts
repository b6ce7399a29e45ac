/** Collects the drawn city as OpenStreetMap elements; points that coincide become one node. */
import type { Tags, Member } from '../osm-blocks.ts';
import type { OsmData, OsmNode, OsmRelation, OsmWay } from '../osm-writer.ts';
import type { Name } from './names.ts';
import type { Point } from './plan.ts';
import { toGlobe } from './warp.ts';

export function nameTags(name: Name | null | undefined, prefix = ''): Tags {
  if (!name) return {};
  return { [`${prefix}name`]: name.zh, [`${prefix}name:en`]: name.en };
}

export class OsmSink {
  private readonly nodes: OsmNode[] = [];
  private readonly ways: OsmWay[] = [];
  private readonly relations: OsmRelation[] = [];

  node(point: Point, tags?: Tags): number {
    const id = this.nodes.length + 1;
    this.nodes.push(tags ? { id, ...toGlobe(point), tags } : { id, ...toGlobe(point) });
    return id;
  }

  way(refs: number[], tags: Tags): number {
    const id = this.ways.length + 1;
    this.ways.push({ id, refs, tags });
    return id;
  }

  line(points: Point[], tags: Tags): number {
    return this.way(
      points.map((point) => this.node(point)),
      tags,
    );
  }

  /** The ring is closed here. */
  area(points: Point[], tags: Tags): number {
    const refs = points.map((point) => this.node(point));
    const [first] = refs;
    return this.way(first === undefined ? refs : [...refs, first], tags);
  }

  rectangle(u0: number, v0: number, u1: number, v1: number, tags: Tags): number {
    return this.area(
      [
        [u0, v0],
        [u1, v0],
        [u1, v1],
        [u0, v1],
      ],
      tags,
    );
  }

  relation(members: Member[], tags: Tags): void {
    this.relations.push({ id: this.relations.length + 1, members, tags });
  }

  finish(): OsmData {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const { lon, lat } of this.nodes) {
      west = Math.min(west, lon);
      south = Math.min(south, lat);
      east = Math.max(east, lon);
      north = Math.max(north, lat);
    }
    return {
      bounds: [west, south, east, north],
      nodes: this.nodes,
      ways: this.ways,
      relations: this.relations,
    };
  }
}
