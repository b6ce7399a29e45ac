/** Decodes one block of OpenStreetMap elements straight into handler calls. */
import { PbfReader } from 'pbf';

export type Tags = Record<string, string>;
export type MemberType = 'node' | 'way' | 'relation';
export interface Member {
  type: MemberType;
  ref: number;
  role: string;
}

export interface OsmHandlers {
  /** Position in 1e-7 degrees; `tags` is null for the many nodes without any. */
  node(id: number, lonE7: number, latE7: number, tags: Tags | null): void;
  way(id: number, refs: number[], tags: Tags): void;
  relation(id: number, members: Member[], tags: Tags): void;
}

const MEMBER_TYPES: readonly MemberType[] = ['node', 'way', 'relation'];

interface Block {
  strings: string[];
  groups: Uint8Array[];
  granularity: number;
  latOffset: number;
  lonOffset: number;
}

export function readPrimitiveBlock(bytes: Uint8Array, handlers: OsmHandlers): void {
  const block: Block = { strings: [], groups: [], granularity: 100, latOffset: 0, lonOffset: 0 };
  new PbfReader(bytes).readFields((tag, result, pbf) => {
    if (tag === 1) {
      pbf.readMessage((field, strings: string[], inner) => {
        if (field === 1) strings.push(inner.readString());
      }, result.strings);
    } else if (tag === 2) result.groups.push(pbf.readBytes());
    else if (tag === 17) result.granularity = pbf.readVarint();
    else if (tag === 19) result.latOffset = pbf.readVarint(true);
    else if (tag === 20) result.lonOffset = pbf.readVarint(true);
  }, block);
  for (const group of block.groups) {
    new PbfReader(group).readFields((tag, _, pbf) => {
      if (tag === 1) readNode(pbf, block, handlers);
      else if (tag === 2) readDense(pbf, block, handlers);
      else if (tag === 3) readWay(pbf, block, handlers);
      else if (tag === 4) readRelation(pbf, block, handlers);
    }, null);
  }
}

function toE7(value: number, offset: number, granularity: number): number {
  return Math.round((offset + granularity * value) / 100);
}

function text(block: Block, index: number): string {
  const value = block.strings[index];
  if (value === undefined) throw new Error('a text index points nowhere');
  return value;
}

function toTags(keys: number[], values: number[], block: Block): Tags {
  const tags: Tags = {};
  for (let i = 0; i < keys.length; i++)
    tags[text(block, keys[i] ?? -1)] = text(block, values[i] ?? -1);
  return tags;
}

function readNode(pbf: PbfReader, block: Block, handlers: OsmHandlers): void {
  const node = { id: 0, lat: 0, lon: 0, keys: [] as number[], values: [] as number[] };
  pbf.readMessage((tag, result, inner) => {
    if (tag === 1) result.id = inner.readSVarint();
    else if (tag === 2) inner.readPackedVarint(result.keys);
    else if (tag === 3) inner.readPackedVarint(result.values);
    else if (tag === 8) result.lat = inner.readSVarint();
    else if (tag === 9) result.lon = inner.readSVarint();
  }, node);
  handlers.node(
    node.id,
    toE7(node.lon, block.lonOffset, block.granularity),
    toE7(node.lat, block.latOffset, block.granularity),
    node.keys.length > 0 ? toTags(node.keys, node.values, block) : null,
  );
}

function readDense(pbf: PbfReader, block: Block, handlers: OsmHandlers): void {
  const dense = {
    ids: [] as number[],
    lats: [] as number[],
    lons: [] as number[],
    tags: [] as number[],
  };
  pbf.readMessage((tag, result, inner) => {
    if (tag === 1) inner.readPackedSVarint(result.ids);
    else if (tag === 8) inner.readPackedSVarint(result.lats);
    else if (tag === 9) inner.readPackedSVarint(result.lons);
    else if (tag === 10) inner.readPackedVarint(result.tags);
  }, dense);
  if (dense.lats.length !== dense.ids.length || dense.lons.length !== dense.ids.length) {
    throw new Error('positions and ids do not match');
  }
  let id = 0;
  let lat = 0;
  let lon = 0;
  let at = 0;
  for (let i = 0; i < dense.ids.length; i++) {
    id += dense.ids[i] ?? 0;
    lat += dense.lats[i] ?? 0;
    lon += dense.lons[i] ?? 0;
    let tags: Tags | null = null;
    while (at < dense.tags.length && dense.tags[at] !== 0) {
      tags ??= {};
      tags[text(block, dense.tags[at] ?? -1)] = text(block, dense.tags[at + 1] ?? -1);
      at += 2;
    }
    at++;
    handlers.node(
      id,
      toE7(lon, block.lonOffset, block.granularity),
      toE7(lat, block.latOffset, block.granularity),
      tags,
    );
  }
}

function readWay(pbf: PbfReader, block: Block, handlers: OsmHandlers): void {
  const way = { id: 0, keys: [] as number[], values: [] as number[], refs: [] as number[] };
  pbf.readMessage((tag, result, inner) => {
    if (tag === 1) result.id = inner.readVarint();
    else if (tag === 2) inner.readPackedVarint(result.keys);
    else if (tag === 3) inner.readPackedVarint(result.values);
    else if (tag === 8) inner.readPackedSVarint(result.refs);
  }, way);
  let ref = 0;
  for (let i = 0; i < way.refs.length; i++) {
    ref += way.refs[i] ?? 0;
    way.refs[i] = ref;
  }
  handlers.way(way.id, way.refs, toTags(way.keys, way.values, block));
}

function readRelation(pbf: PbfReader, block: Block, handlers: OsmHandlers): void {
  const relation = {
    id: 0,
    keys: [] as number[],
    values: [] as number[],
    roles: [] as number[],
    refs: [] as number[],
    types: [] as number[],
  };
  pbf.readMessage((tag, result, inner) => {
    if (tag === 1) result.id = inner.readVarint();
    else if (tag === 2) inner.readPackedVarint(result.keys);
    else if (tag === 3) inner.readPackedVarint(result.values);
    else if (tag === 8) inner.readPackedVarint(result.roles);
    else if (tag === 9) inner.readPackedSVarint(result.refs);
    else if (tag === 10) inner.readPackedVarint(result.types);
  }, relation);
  let ref = 0;
  const members = relation.refs.map((step, i): Member => {
    ref += step;
    return {
      type: MEMBER_TYPES[relation.types[i] ?? 0] ?? 'node',
      ref,
      role: text(block, relation.roles[i] ?? -1),
    };
  });
  handlers.relation(relation.id, members, toTags(relation.keys, relation.values, block));
}
