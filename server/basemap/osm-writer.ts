/** Writes an `.osm.pbf` extract from elements in memory: dense nodes, then ways, then relations. */
import { deflateSync } from 'node:zlib';
import { PbfWriter } from 'pbf';
import type { Bounds } from '../../shared/basemap/schema.ts';
import type { Member, Tags } from './osm-blocks.ts';

export interface OsmNode {
  id: number;
  lon: number;
  lat: number;
  tags?: Tags;
}
export interface OsmWay {
  id: number;
  refs: number[];
  tags: Tags;
}
export interface OsmRelation {
  id: number;
  members: Member[];
  tags: Tags;
}
export interface OsmData {
  bounds: Bounds;
  nodes: OsmNode[];
  ways: OsmWay[];
  relations: OsmRelation[];
}

export const ELEMENTS_PER_BLOCK = 8000;
const MEMBER_CODES = { node: 0, way: 1, relation: 2 } as const;

/** Same data, same bytes: elements are written in the order given, with no times or names of writers. */
export function writeOsmPbf(data: OsmData): Buffer {
  return Buffer.concat([
    headerBlock(data.bounds),
    ...chunks(data.nodes).map(nodesBlock),
    ...chunks(data.ways).map(waysBlock),
    ...chunks(data.relations).map(relationsBlock),
  ]);
}

export function headerBlock(bounds: Bounds): Buffer {
  return frame('OSMHeader', header(bounds));
}

export function nodesBlock(nodes: OsmNode[]): Buffer {
  return block((strings, pbf) => pbf.writeMessage(2, writeDense, { nodes, strings }));
}

export function waysBlock(ways: OsmWay[]): Buffer {
  return block((strings, pbf) => {
    for (const way of ways) pbf.writeMessage(3, writeWay, { way, strings });
  });
}

export function relationsBlock(relations: OsmRelation[]): Buffer {
  return block((strings, pbf) => {
    for (const relation of relations) pbf.writeMessage(4, writeRelation, { relation, strings });
  });
}

function chunks<T>(items: T[]): T[][] {
  const result: T[][] = [];
  for (let i = 0; i < items.length; i += ELEMENTS_PER_BLOCK)
    result.push(items.slice(i, i + ELEMENTS_PER_BLOCK));
  return result;
}

function frame(type: string, content: Uint8Array): Buffer {
  const blob = new PbfWriter();
  blob.writeVarintField(2, content.length);
  blob.writeBytesField(3, deflateSync(content, { level: 6 }));
  const body = blob.finish();
  const head = new PbfWriter();
  head.writeStringField(1, type);
  head.writeVarintField(3, body.length);
  const headBytes = head.finish();
  const length = Buffer.alloc(4);
  length.writeUInt32BE(headBytes.length);
  return Buffer.concat([length, headBytes, body]);
}

function header([west, south, east, north]: Bounds): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeMessage(
    1,
    (box, inner) =>
      box.forEach((value, i) => inner.writeSVarintField(i + 1, Math.round(value * 1e9))),
    [west, east, north, south],
  );
  pbf.writeStringField(4, 'OsmSchema-V0.6');
  pbf.writeStringField(4, 'DenseNodes');
  pbf.writeStringField(16, 'nuanxun');
  return pbf.finish();
}

class StringTable {
  readonly values: string[] = [''];
  private readonly indices = new Map<string, number>([['', 0]]);

  index(value: string): number {
    let index = this.indices.get(value);
    if (index === undefined) {
      index = this.values.length;
      this.values.push(value);
      this.indices.set(value, index);
    }
    return index;
  }
}

function block(writeGroup: (strings: StringTable, pbf: PbfWriter) => void): Buffer {
  const strings = new StringTable();
  const group = new PbfWriter();
  writeGroup(strings, group);
  const pbf = new PbfWriter();
  pbf.writeMessage(
    1,
    (values, inner) => values.forEach((value) => inner.writeStringField(1, value)),
    strings.values,
  );
  pbf.writeBytesField(2, group.finish());
  return frame('OSMData', pbf.finish());
}

function deltas(values: number[]): number[] {
  return values.map((value, i) => value - (values[i - 1] ?? 0));
}

function writeDense(
  { nodes, strings }: { nodes: OsmNode[]; strings: StringTable },
  pbf: PbfWriter,
): void {
  pbf.writePackedSVarint(1, deltas(nodes.map((node) => node.id)));
  pbf.writePackedSVarint(8, deltas(nodes.map((node) => Math.round(node.lat * 1e7))));
  pbf.writePackedSVarint(9, deltas(nodes.map((node) => Math.round(node.lon * 1e7))));
  const keysValues: number[] = [];
  for (const node of nodes) {
    for (const [key, value] of Object.entries(node.tags ?? {}))
      keysValues.push(strings.index(key), strings.index(value));
    keysValues.push(0);
  }
  pbf.writePackedVarint(10, keysValues);
}

function writeTags(tags: Tags, strings: StringTable, pbf: PbfWriter): void {
  const entries = Object.entries(tags);
  if (entries.length === 0) return;
  pbf.writePackedVarint(
    2,
    entries.map(([key]) => strings.index(key)),
  );
  pbf.writePackedVarint(
    3,
    entries.map(([, value]) => strings.index(value)),
  );
}

function writeWay({ way, strings }: { way: OsmWay; strings: StringTable }, pbf: PbfWriter): void {
  pbf.writeVarintField(1, way.id);
  writeTags(way.tags, strings, pbf);
  pbf.writePackedSVarint(8, deltas(way.refs));
}

function writeRelation(
  { relation, strings }: { relation: OsmRelation; strings: StringTable },
  pbf: PbfWriter,
): void {
  pbf.writeVarintField(1, relation.id);
  writeTags(relation.tags, strings, pbf);
  pbf.writePackedVarint(
    8,
    relation.members.map((member) => strings.index(member.role)),
  );
  pbf.writePackedSVarint(9, deltas(relation.members.map((member) => member.ref)));
  pbf.writePackedVarint(
    10,
    relation.members.map((member) => MEMBER_CODES[member.type]),
  );
}
