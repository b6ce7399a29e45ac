/**
 * A cleaned copy of an extract, for a reader that is less forgiving than ours: points in order of
 * their ids, no way or relation that names something which isn't there, nothing far outside the box.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import type { Extract } from './extract.ts';
import type { Member, Tags } from './osm-blocks.ts';
import { readOsmPbf } from './osm-reader.ts';
import {
  ELEMENTS_PER_BLOCK,
  headerBlock,
  nodesBlock,
  relationsBlock,
  waysBlock,
} from './osm-writer.ts';
import type { OsmNode, OsmRelation, OsmWay } from './osm-writer.ts';

/** @param extract what was read from `path`: its points decide what is known */
export async function repairExtract(path: string, extract: Extract, into: string): Promise<void> {
  const file = openSync(into, 'w');
  try {
    const write = (bytes: Buffer): void => void writeSync(file, bytes);
    write(headerBlock(extract.bounds));
    writeNodes(extract, write);
    const { ways, relations } = collectors(extract, write);
    await readOsmPbf(path, { node() {}, way: ways.add, relation() {} });
    ways.flush();
    // Relations last, whatever the order of the original: only then is it known which ways stayed.
    await readOsmPbf(path, { node() {}, way() {}, relation: relations.add });
    relations.flush();
  } finally {
    closeSync(file);
  }
}

function writeNodes({ nodes, points }: Extract, write: (bytes: Buffer) => void): void {
  const tags = new Map(points.map((point) => [point.id, point.tags]));
  for (let start = 0; start < nodes.size; start += ELEMENTS_PER_BLOCK) {
    const list: OsmNode[] = [];
    for (let i = start; i < Math.min(nodes.size, start + ELEMENTS_PER_BLOCK); i++) {
      const id = nodes.id(i);
      const own = tags.get(id);
      list.push({ id, lon: nodes.lon(i), lat: nodes.lat(i), ...(own ? { tags: own } : {}) });
    }
    write(nodesBlock(list));
  }
}

function collectors({ nodes }: Extract, write: (bytes: Buffer) => void) {
  const kept = new Set<number>();
  const ways = batches<OsmWay>((list) => write(waysBlock(list)));
  const relations = batches<OsmRelation>((list) => write(relationsBlock(list)));
  return {
    ways: {
      add(id: number, refs: number[], tags: Tags): void {
        const known = refs.filter((ref) => nodes.find(ref) >= 0);
        if (known.length < 2) return;
        kept.add(id);
        ways.add({ id, refs: known, tags });
      },
      flush: ways.flush,
    },
    relations: {
      add(id: number, members: Member[], tags: Tags): void {
        const known = members.filter(({ type, ref }) => type === 'way' && kept.has(ref));
        if (known.length > 0) relations.add({ id, members: known, tags });
      },
      flush: relations.flush,
    },
  };
}

function batches<T>(write: (list: T[]) => void): { add: (item: T) => void; flush: () => void } {
  let list: T[] = [];
  const flush = (): void => {
    if (list.length > 0) write(list);
    list = [];
  };
  return {
    add(item) {
      list.push(item);
      if (list.length >= ELEMENTS_PER_BLOCK) flush();
    },
    flush,
  };
}
