/**
 * Reads `.osm.pbf` files block by block. Written on `pbf` rather than taken from a package because
 * the packaged readers make one object per node, hang or throw bare assertions on files that are cut
 * short or aren't extracts at all, and know only zlib blocks.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { PbfReader } from 'pbf';
import { CityImportError } from './errors.ts';
import { readPrimitiveBlock } from './osm-blocks.ts';
import type { OsmHandlers } from './osm-blocks.ts';
import type { Bounds } from '../../shared/basemap/schema.ts';

/** Limits of the format's own description. */
const MAX_HEADER_BYTES = 64 * 1024;
const MAX_BLOB_BYTES = 32 * 1024 * 1024;

const KNOWN_FEATURES = new Set(['OsmSchema-V0.6', 'DenseNodes', 'HistoricalInformation']);

export interface ReadOptions {
  onProgress?: (bytesRead: number, bytesTotal: number) => void;
  onHeader?: (bounds: Bounds | null) => void;
}

/**
 * Calls the handlers for every element, in file order.
 * @throws CityImportError when the file can't be read, isn't an extract, or is cut short or damaged.
 */
export async function readOsmPbf(
  path: string,
  handlers: OsmHandlers,
  options: ReadOptions = {},
): Promise<void> {
  const file = openExtract(path);
  try {
    const total = fstatSync(file).size;
    let offset = 0;
    let blobs = 0;
    while (offset < total) {
      const blob = readBlob(file, offset, total, blobs === 0);
      if (blobs === 0 && blob.type !== 'OSMHeader') {
        throw new CityImportError(
          'not_an_extract',
          'The file has no OpenStreetMap header: it is not an .osm.pbf extract.',
        );
      }
      decode(blob, offset, handlers, options);
      offset = blob.end;
      blobs++;
      options.onProgress?.(offset, total);
      if (blobs % 8 === 0) await new Promise(setImmediate);
    }
    if (blobs === 0) throw new CityImportError('not_an_extract', 'The file is empty.');
  } finally {
    closeSync(file);
  }
}

function openExtract(path: string): number {
  try {
    const file = openSync(path, 'r');
    if (fstatSync(file).isFile()) return file;
    closeSync(file);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new CityImportError('file_unreadable', `The file can't be opened (${reason}): ${path}`);
  }
  throw new CityImportError('file_unreadable', `This is not a file: ${path}`);
}

interface Blob {
  type: string;
  data: Buffer;
  end: number;
}

function readBlob(file: number, offset: number, total: number, first: boolean): Blob {
  const wrong = (detail: string): CityImportError =>
    first
      ? new CityImportError('not_an_extract', `The file is not an .osm.pbf extract (${detail}).`)
      : new CityImportError(
          'broken_extract',
          `The extract is damaged at byte ${offset}: ${detail}.`,
        );
  if (offset + 4 > total) throw wrong('it ends in the middle of a block');
  const headerLength = readBytes(file, offset, 4).readUInt32BE(0);
  if (headerLength === 0 || headerLength > MAX_HEADER_BYTES) throw wrong('no block starts here');
  if (offset + 4 + headerLength > total) throw wrong('it ends in the middle of a block');
  let header: { type: string; size: number };
  try {
    header = new PbfReader(readBytes(file, offset + 4, headerLength)).readFields(
      (tag, result: { type: string; size: number }, pbf) => {
        if (tag === 1) result.type = pbf.readString();
        else if (tag === 3) result.size = pbf.readVarint();
      },
      { type: '', size: -1 },
    );
  } catch {
    throw wrong('a block header cannot be read');
  }
  if (!header.type.startsWith('OSM') || header.size < 0 || header.size > MAX_BLOB_BYTES) {
    throw wrong('a block header makes no sense');
  }
  const start = offset + 4 + headerLength;
  const end = start + header.size;
  if (end > total) {
    throw new CityImportError(
      'broken_extract',
      `The extract is cut short: ${end - total} bytes or more are missing at its end. Download it again.`,
    );
  }
  return { type: header.type, data: readBytes(file, start, header.size), end };
}

function readBytes(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const count = readSync(file, bytes, done, length - done, position + done);
    if (count === 0)
      throw new CityImportError('broken_extract', 'The extract ended while it was read.');
    done += count;
  }
  return bytes;
}

function decode(blob: Blob, offset: number, handlers: OsmHandlers, options: ReadOptions): void {
  if (blob.type !== 'OSMHeader' && blob.type !== 'OSMData') return;
  try {
    const bytes = inflate(blob.data);
    if (blob.type === 'OSMHeader') options.onHeader?.(readHeader(bytes));
    else readPrimitiveBlock(bytes, handlers);
  } catch (error) {
    if (error instanceof CityImportError) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    throw new CityImportError(
      'broken_extract',
      `The extract is damaged in the block at byte ${offset} (${detail}).`,
    );
  }
}

function inflate(data: Buffer): Uint8Array {
  const blob: { raw?: Uint8Array; zlib?: Uint8Array; other?: number; size: number } = { size: 0 };
  new PbfReader(data).readFields((tag, result, pbf) => {
    if (tag === 1) result.raw = pbf.readBytes();
    else if (tag === 2) result.size = pbf.readVarint();
    else if (tag === 3) result.zlib = pbf.readBytes();
    else if (tag >= 4) result.other = tag;
  }, blob);
  if (blob.raw) return blob.raw;
  if (!blob.zlib) {
    throw new CityImportError(
      'unsupported_extract',
      'The extract uses a compression other than zlib. Rewrite it with: osmium cat IN.osm.pbf -o OUT.osm.pbf',
    );
  }
  return inflateSync(blob.zlib, { maxOutputLength: MAX_BLOB_BYTES });
}

function readHeader(bytes: Uint8Array): Bounds | null {
  const header = { box: null as number[] | null, required: [] as string[] };
  new PbfReader(bytes).readFields((tag, result, pbf) => {
    if (tag === 1) {
      result.box = pbf.readMessage(
        (field, box: number[], inner) => {
          box[field - 1] = inner.readSVarint() * 1e-9;
        },
        [NaN, NaN, NaN, NaN],
      );
    } else if (tag === 4) result.required.push(pbf.readString());
  }, header);
  const unknown = header.required.filter((feature) => !KNOWN_FEATURES.has(feature));
  if (unknown.length > 0) {
    throw new CityImportError(
      'unsupported_extract',
      `The extract needs features we can't read: ${unknown.join(', ')}.`,
    );
  }
  // The header lists left, right, top, bottom.
  const [west = NaN, east = NaN, north = NaN, south = NaN] = header.box ?? [];
  return west < east && south < north ? [west, south, east, north] : null;
}
