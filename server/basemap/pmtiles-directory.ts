/** The directories of a PMTiles v3 archive: sorted tile entries, packed column by column. */
import { gzipSync } from 'node:zlib';

export interface TileEntry {
  tileId: number;
  offset: number;
  length: number;
  runLength: number;
}

/** Header and root directory together must fit into the first 16 KiB. */
export const ROOT_LIMIT = 16_384 - 127;

export interface Directories {
  root: Buffer;
  leaves: Buffer;
}

/** @param entries sorted by tile id */
export function buildDirectories(entries: TileEntry[]): Directories {
  const single = pack(entries);
  if (single.length <= ROOT_LIMIT) return { root: single, leaves: Buffer.alloc(0) };
  for (let leafSize = 4096; ; leafSize *= 2) {
    const leaves: Buffer[] = [];
    const roots: TileEntry[] = [];
    let offset = 0;
    for (let i = 0; i < entries.length; i += leafSize) {
      const leaf = pack(entries.slice(i, i + leafSize));
      leaves.push(leaf);
      roots.push({ tileId: entries[i]?.tileId ?? 0, offset, length: leaf.length, runLength: 0 });
      offset += leaf.length;
    }
    const root = pack(roots);
    if (root.length <= ROOT_LIMIT) return { root, leaves: Buffer.concat(leaves) };
  }
}

function pack(entries: TileEntry[]): Buffer {
  const bytes: number[] = [];
  varint(bytes, entries.length);
  let last = 0;
  for (const entry of entries) {
    varint(bytes, entry.tileId - last);
    last = entry.tileId;
  }
  for (const entry of entries) varint(bytes, entry.runLength);
  for (const entry of entries) varint(bytes, entry.length);
  entries.forEach((entry, i) => {
    const previous = entries[i - 1];
    const follows = previous && entry.offset === previous.offset + previous.length;
    varint(bytes, follows ? 0 : entry.offset + 1);
  });
  return gzipSync(Uint8Array.from(bytes));
}

function varint(bytes: number[], value: number): void {
  while (value >= 0x80) {
    bytes.push((value % 0x80) | 0x80);
    value = Math.floor(value / 0x80);
  }
  bytes.push(value);
}
