/**
 * Writes a PMTiles v3 archive. Tiles may come in any order: their bytes go to a scratch file beside
 * the archive, equal tiles once, and are laid out in tile order at the end, so memory holds only
 * the index.
 */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { zxyToTileId } from 'pmtiles';
import { buildDirectories } from './pmtiles-directory.ts';
import type { TileEntry } from './pmtiles-directory.ts';
import type { Bounds } from '../../shared/basemap/schema.ts';

export interface ArchiveInfo {
  bounds: Bounds;
  minZoom: number;
  maxZoom: number;
  centerZoom: number;
  metadata: Record<string, unknown>;
}

export interface ArchiveSummary {
  tiles: number;
  contents: number;
  bytes: number;
  largestTileBytes: number;
}

const HEADER_BYTES = 127;
const GZIP = 2;
const MVT = 1;

export class PmtilesWriter {
  private readonly path: string;
  private readonly scratchPath: string;
  private readonly scratch: number;
  private readonly byHash = new Map<string, { offset: number; length: number }>();
  private readonly tiles: { tileId: number; offset: number; length: number }[] = [];
  private size = 0;
  private largest = 0;

  constructor(path: string) {
    this.path = path;
    this.scratchPath = `${path}.tiles`;
    this.scratch = openSync(this.scratchPath, 'w+');
  }

  /** @param mvt the tile, not compressed */
  add(z: number, x: number, y: number, mvt: Uint8Array): void {
    if (mvt.length === 0) return;
    const hash = createHash('sha1').update(mvt).digest('base64');
    let content = this.byHash.get(hash);
    if (!content) {
      const packed = gzipSync(mvt, { level: 6 });
      content = { offset: this.size, length: packed.length };
      writeSync(this.scratch, packed, 0, packed.length, this.size);
      this.size += packed.length;
      this.largest = Math.max(this.largest, packed.length);
      this.byHash.set(hash, content);
    }
    this.tiles.push({ tileId: zxyToTileId(z, x, y), ...content });
  }

  finish(info: ArchiveInfo): ArchiveSummary {
    this.tiles.sort((a, b) => a.tileId - b.tileId);
    const { entries, copies } = this.layOut();
    const { root, leaves } = buildDirectories(entries);
    const metadata = gzipSync(JSON.stringify(info.metadata));
    const dataOffset = HEADER_BYTES + root.length + metadata.length + leaves.length;
    const dataLength = copies.reduce((sum, copy) => sum + copy.length, 0);
    const header = packHeader(info, {
      rootLength: root.length,
      metadataLength: metadata.length,
      leavesLength: leaves.length,
      dataLength,
      tiles: this.tiles.length,
      entries: entries.length,
      contents: copies.length,
    });
    const out = openSync(this.path, 'w');
    try {
      let position = 0;
      for (const part of [header, root, metadata, leaves]) {
        writeSync(out, part, 0, part.length, position);
        position += part.length;
      }
      for (const copy of copies) {
        const bytes = Buffer.allocUnsafe(copy.length);
        readSync(this.scratch, bytes, 0, copy.length, copy.offset);
        writeSync(out, bytes, 0, copy.length, position);
        position += copy.length;
      }
    } finally {
      closeSync(out);
      this.dispose();
    }
    return {
      tiles: this.tiles.length,
      contents: copies.length,
      bytes: dataOffset + dataLength,
      largestTileBytes: this.largest,
    };
  }

  dispose(): void {
    try {
      closeSync(this.scratch);
    } catch {
      return; // closed before
    }
    rmSync(this.scratchPath, { force: true });
  }

  /** Contents in order of first use, and one entry for each run of equal neighbours. */
  private layOut(): { entries: TileEntry[]; copies: { offset: number; length: number }[] } {
    const placed = new Map<number, number>();
    const copies: { offset: number; length: number }[] = [];
    const entries: TileEntry[] = [];
    let size = 0;
    for (const tile of this.tiles) {
      let offset = placed.get(tile.offset);
      if (offset === undefined) {
        offset = size;
        placed.set(tile.offset, offset);
        copies.push({ offset: tile.offset, length: tile.length });
        size += tile.length;
      }
      const last = entries.at(-1);
      if (last && last.offset === offset && last.tileId + last.runLength === tile.tileId)
        last.runLength++;
      else entries.push({ tileId: tile.tileId, offset, length: tile.length, runLength: 1 });
    }
    return { entries, copies };
  }
}

interface Lengths {
  rootLength: number;
  metadataLength: number;
  leavesLength: number;
  dataLength: number;
  tiles: number;
  entries: number;
  contents: number;
}

function packHeader(info: ArchiveInfo, lengths: Lengths): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('PMTiles', 0, 'latin1');
  header.writeUInt8(3, 7);
  const metadataOffset = HEADER_BYTES + lengths.rootLength;
  const leavesOffset = metadataOffset + lengths.metadataLength;
  const numbers = [
    HEADER_BYTES,
    lengths.rootLength,
    metadataOffset,
    lengths.metadataLength,
    leavesOffset,
    lengths.leavesLength,
    leavesOffset + lengths.leavesLength,
    lengths.dataLength,
    lengths.tiles,
    lengths.entries,
    lengths.contents,
  ];
  numbers.forEach((value, i) => header.writeBigUInt64LE(BigInt(value), 8 + i * 8));
  header.writeUInt8(1, 96); // clustered
  header.writeUInt8(GZIP, 97);
  header.writeUInt8(GZIP, 98);
  header.writeUInt8(MVT, 99);
  header.writeUInt8(info.minZoom, 100);
  header.writeUInt8(info.maxZoom, 101);
  info.bounds.forEach((degrees, i) => header.writeInt32LE(Math.round(degrees * 1e7), 102 + i * 4));
  header.writeUInt8(info.centerZoom, 118);
  const [west, south, east, north] = info.bounds;
  header.writeInt32LE(Math.round(((west + east) / 2) * 1e7), 119);
  header.writeInt32LE(Math.round(((south + north) / 2) * 1e7), 123);
  return header;
}
