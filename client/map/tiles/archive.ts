/**
 * One map archive (PMTiles), read piece by piece: from the shelf when the device has the piece, else from the server.
 * With no network the shelf alone answers, in whichever generation of the archive it has the tile.
 */
import { PMTiles, findTile } from 'pmtiles';
import type { Entry, RangeResponse, Source } from 'pmtiles';
import type { PieceKey, Shelf } from './shelf.ts';

/** The tile is not on the device and the server can't be reached. */
export const notKept = 'This part of the map is not on the device.';
/** The archive was replaced by another while it was being read. */
class ArchiveChanged extends Error {}

const headerBytes = 16_384;
/** How long a page trusts that the archive is still the one it read. */
const askAgainMs = 600_000;

interface Range {
  data: ArrayBuffer;
  generation: string;
}

/** @throws when the server can't be reached or answers otherwise */
async function fetchRange(
  url: string,
  offset: number,
  length: number,
  signal?: AbortSignal,
): Promise<Range> {
  const ask = (last: number) =>
    fetch(url, {
      headers: { range: `bytes=${offset}-${last}` },
      // What is kept is kept on the shelf, once.
      cache: 'no-store',
      ...(signal ? { signal } : {}),
    });
  let answer = await ask(offset + length - 1);
  const size = /^bytes \*\/(\d+)$/.exec(answer.headers.get('content-range') ?? '')?.[1];
  if (answer.status === 416 && size !== undefined) answer = await ask(Number(size) - 1);
  if (answer.status !== 206 && answer.status !== 200)
    throw new Error(`The map's server answered ${answer.status}.`);
  const whole = await answer.arrayBuffer();
  const data = answer.status === 200 ? whole.slice(offset, offset + length) : whole;
  return { data, generation: answer.headers.get('etag') ?? '' };
}

/** One generation as the library reads it. */
class ShelvedSource implements Source {
  readonly #archive: string;
  readonly #generation: string;
  readonly #shelf: Shelf;
  constructor(archive: string, generation: string, shelf: Shelf) {
    this.#archive = archive;
    this.#generation = generation;
    this.#shelf = shelf;
  }
  getKey(): string {
    return `${this.#archive} ${this.#generation}`;
  }
  async getBytes(offset: number, length: number, signal?: AbortSignal): Promise<RangeResponse> {
    const key: PieceKey = [this.#archive, this.#generation, offset];
    const kept = await this.#shelf.find(key);
    if (kept !== null) return { data: kept };
    const { data, generation } = await fetchRange(this.#archive, offset, length, signal);
    if (generation !== this.#generation) throw new ArchiveChanged();
    void this.#shelf.keepSeen(key, data);
    return { data };
  }
}

export interface TilePlace {
  z: number;
  x: number;
  y: number;
}

interface Located {
  entry: Entry;
  at: number;
  directories: [number, number][];
}

async function locateIn({ cache, source }: PMTiles, tileId: number): Promise<Located | null> {
  const header = await cache.getHeader(source);
  const directories: [number, number][] = [];
  let offset = header.rootDirectoryOffset;
  let length = header.rootDirectoryLength;
  for (let depth = 0; depth < 4; depth++) {
    const entry = findTile(await cache.getDirectory(source, offset, length, header), tileId);
    if (!entry) return null;
    if (entry.runLength > 0)
      return { entry, at: header.tileDataOffset + entry.offset, directories };
    offset = header.leafDirectoryOffset + entry.offset;
    length = entry.length;
    directories.push([offset, length]);
  }
  return null;
}

export class Archive {
  readonly url: string;
  readonly #shelf: Shelf;
  readonly #readers = new Map<string, PMTiles>();
  #current: string | null = null;
  #askedAt = 0;
  #asking: Promise<string | null> | null = null;

  constructor(url: string, shelf: Shelf) {
    this.url = url;
    this.#shelf = shelf;
  }

  reader(generation: string): PMTiles {
    const known = this.#readers.get(generation);
    if (known) return known;
    const made = new PMTiles(new ShelvedSource(this.url, generation, this.#shelf));
    this.#readers.set(generation, made);
    return made;
  }

  /** Asks the server which generation it has now; null when it can't be reached. */
  ask(): Promise<string | null> {
    this.#asking ??= fetchRange(this.url, 0, headerBytes)
      .then(
        async ({ data, generation }) => {
          this.#current = generation;
          await this.#shelf.renew(this.url, generation);
          await this.#shelf.keepSeen([this.url, generation, 0], data);
          return generation;
        },
        () => null,
      )
      .finally(() => {
        this.#askedAt = Date.now();
        this.#asking = null;
      });
    return this.#asking;
  }

  /** The newest first. What the device has answers at once; whether it is still right is asked beside. */
  async #generations(): Promise<string[]> {
    const kept = await this.#shelf.generations(this.url);
    if (kept.length === 0 && this.#current === null) {
      const now = await this.ask();
      if (now === null) throw new Error(notKept);
    } else if (Date.now() - this.#askedAt > askAgainMs) void this.ask();
    return [...new Set(this.#current === null ? kept : [this.#current, ...kept])];
  }

  /** The library keeps a directory that failed to come as failed for good: after a failure another reader begins. */
  async #read<T>(
    generation: string,
    work: (reader: PMTiles) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const reader = this.reader(generation);
    try {
      return await work(reader);
    } catch (error) {
      if (!signal?.aborted && this.#readers.get(generation) === reader)
        this.#readers.delete(generation);
      throw error;
    }
  }

  async header() {
    const [latest] = await this.#generations();
    return this.#read(latest ?? '', (reader) => reader.getHeader());
  }

  /** Its bytes, unpacked; undefined when the archive has none there. */
  async tile({ z, x, y }: TilePlace, signal?: AbortSignal): Promise<ArrayBuffer | undefined> {
    for (const generation of await this.#generations()) {
      try {
        const read = await this.#read(
          generation,
          (reader) => reader.getZxy(z, x, y, signal),
          signal,
        );
        return read?.data;
      } catch (error) {
        if (signal?.aborted) throw error;
        if (error instanceof ArchiveChanged) void this.ask();
      }
    }
    throw new Error(notKept);
  }

  /** Where a tile lies in the archive, and the directories on the way; null when it has none there. */
  locate(generation: string, tileId: number): Promise<Located | null> {
    return this.#read(generation, (reader) => locateIn(reader, tileId));
  }

  /** A range as it lies there, of that generation only. */
  async fetch(
    generation: string,
    offset: number,
    length: number,
    signal: AbortSignal,
  ): Promise<ArrayBuffer> {
    const range = await fetchRange(this.url, offset, length, signal);
    if (range.generation !== generation) throw new ArchiveChanged();
    return range.data;
  }
}
