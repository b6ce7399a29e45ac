/**
 * The pieces of map archives that this device has, in IndexedDB: what was seen (bounded; the longest unused goes first)
 * and what belongs to an area taken along (stays until the area is removed). A piece is a range of bytes of one
 * generation of one archive, as it lies there: compressed, header and directories included.
 */
import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase } from 'idb';
import type { Bounds } from '../../../shared/basemap/schema.ts';

/** archive, generation, offset */
export type PieceKey = [string, string, number];

interface Seen {
  data: ArrayBuffer;
  usedAt: number;
}
interface Packed {
  data: ArrayBuffer;
  /** the packs it belongs to */
  packs: string[];
}
export interface Pack {
  id: string;
  cityId: string;
  name: string;
  archive: string;
  generation: string;
  bounds: Bounds;
  tiles: number;
  bytes: number;
  takenAt: string;
  /** false: the line broke on the way, and it can be gone on with */
  complete: boolean;
}
interface Schema extends DBSchema {
  seen: { key: PieceKey; value: Seen; indexes: { usedAt: number } };
  packed: { key: PieceKey; value: Packed; indexes: { packs: string } };
  packs: { key: string; value: Pack };
  /** archive → its generation when it was last asked for */
  generations: { key: string; value: string };
}

const mebibyte = 2 ** 20;
/** Being used is noted this coarsely, so that looking at the map is not writing all the time. */
const usedGrainMs = 3_600_000;

export class Shelf {
  readonly #limit: number;
  readonly #open: () => Promise<IDBPDatabase<Schema>>;
  #db: Promise<IDBPDatabase<Schema>> | undefined;
  /** bytes of what was seen; counted once, then kept in step */
  #seenBytes: Promise<number> | undefined;
  #evicting: Promise<void> = Promise.resolve();

  constructor(name = 'nuanxun-map', limitBytes = 60 * mebibyte) {
    this.#limit = limitBytes;
    this.#open = () =>
      openDB<Schema>(name, 1, {
        upgrade(db) {
          db.createObjectStore('seen').createIndex('usedAt', 'usedAt');
          db.createObjectStore('packed').createIndex('packs', 'packs', { multiEntry: true });
          db.createObjectStore('packs', { keyPath: 'id' });
          db.createObjectStore('generations');
        },
        blocking: () => void this.#db?.then((db) => db.close()),
        terminated: () => (this.#db = undefined),
      });
  }

  #ready(): Promise<IDBPDatabase<Schema>> {
    this.#db ??= this.#open();
    this.#db.catch(() => (this.#db = undefined));
    return this.#db;
  }

  /** Null when it is not here (or the browser keeps nothing). */
  async find(key: PieceKey, now = Date.now()): Promise<ArrayBuffer | null> {
    try {
      const db = await this.#ready();
      const packed = await db.get('packed', key);
      if (packed) return packed.data;
      const seen = await db.get('seen', key);
      if (!seen) return null;
      if (now - seen.usedAt > usedGrainMs) await db.put('seen', { ...seen, usedAt: now }, key);
      return seen.data;
    } catch {
      return null;
    }
  }

  /** What was fetched for the screen; never fails: a map that can't be kept is still a map. */
  async keepSeen(key: PieceKey, data: ArrayBuffer, now = Date.now()): Promise<void> {
    try {
      const db = await this.#ready();
      const before = await db.get('seen', key);
      await db.put('seen', { data, usedAt: now }, key);
      const added = data.byteLength - (before?.data.byteLength ?? 0);
      const bytes = (await this.#count(db)) + added;
      this.#seenBytes = Promise.resolve(bytes);
      if (bytes > this.#limit) await (this.#evicting = this.#evicting.then(() => this.#evict(db)));
    } catch {
      // full, or refused
    }
  }

  async #count(db: IDBPDatabase<Schema>): Promise<number> {
    this.#seenBytes ??= (async () => {
      let bytes = 0;
      const tx = db.transaction('seen');
      for await (const cursor of tx.store) bytes += cursor.value.data.byteLength;
      return bytes;
    })();
    return this.#seenBytes;
  }

  /** Down to nine tenths, so that not every new tile finds the shelf full. */
  async #evict(db: IDBPDatabase<Schema>): Promise<void> {
    let bytes = await this.#count(db);
    if (bytes <= this.#limit) return;
    const tx = db.transaction('seen', 'readwrite');
    for await (const cursor of tx.store.index('usedAt')) {
      if (bytes <= this.#limit * 0.9) break;
      bytes -= cursor.value.data.byteLength;
      await cursor.delete();
    }
    await tx.done;
    this.#seenBytes = Promise.resolve(bytes);
  }

  async seenBytes(): Promise<number> {
    return this.#count(await this.#ready());
  }

  /** Puts pieces into a pack. Rejects when there is no room. */
  async pack(packId: string, pieces: readonly [PieceKey, ArrayBuffer][]): Promise<void> {
    const db = await this.#ready();
    const tx = db.transaction('packed', 'readwrite');
    for (const [key, data] of pieces) {
      const before = await tx.store.get(key);
      const packs = [...new Set([...(before?.packs ?? []), packId])];
      await tx.store.put({ data, packs }, key);
    }
    await tx.done;
  }

  /** Which of these are packed already, by whichever pack; they then belong to this one, too. */
  async claim(packId: string, keys: readonly PieceKey[]): Promise<Set<number>> {
    const db = await this.#ready();
    const there = new Set<number>();
    const tx = db.transaction('packed', 'readwrite');
    for (const key of keys) {
      const piece = await tx.store.get(key);
      if (!piece) continue;
      there.add(key[2]);
      if (!piece.packs.includes(packId))
        await tx.store.put({ ...piece, packs: [...piece.packs, packId] }, key);
    }
    await tx.done;
    return there;
  }

  async packs(cityId: string): Promise<Pack[]> {
    const all = await (await this.#ready()).getAll('packs');
    return all
      .filter((pack) => pack.cityId === cityId)
      .sort((a, b) => (a.takenAt < b.takenAt ? 1 : -1));
  }

  async savePack(pack: Pack): Promise<void> {
    await (await this.#ready()).put('packs', pack);
  }

  /** Takes the pack's pieces away, but for those of other packs; of `generation` alone nothing is taken. */
  async releasePack(packId: string, keepGeneration: string | null = null): Promise<void> {
    const db = await this.#ready();
    const tx = db.transaction(['packed', 'packs'], 'readwrite');
    const pieces = tx.objectStore('packed').index('packs').iterate(packId);
    for await (const cursor of pieces) {
      if (cursor.primaryKey[1] === keepGeneration) continue;
      const packs = cursor.value.packs.filter((id) => id !== packId);
      if (packs.length === 0) await cursor.delete();
      else await cursor.update({ ...cursor.value, packs });
    }
    if (keepGeneration === null) await tx.objectStore('packs').delete(packId);
    await tx.done;
  }

  /** The newest first: what was last asked for, then those that packs still hold. */
  async generations(archive: string): Promise<string[]> {
    try {
      const db = await this.#ready();
      const [latest, packs] = await Promise.all([
        db.get('generations', archive),
        db.getAll('packs'),
      ]);
      const held = packs
        .filter((pack) => pack.archive === archive)
        .sort((a, b) => (a.takenAt < b.takenAt ? 1 : -1))
        .map(({ generation }) => generation);
      return [...new Set(latest === undefined ? held : [latest, ...held])];
    } catch {
      return [];
    }
  }

  /** A new generation: what was seen of older ones is of no more use. */
  async renew(archive: string, generation: string): Promise<void> {
    try {
      const db = await this.#ready();
      if ((await db.get('generations', archive)) === generation) return;
      await db.put('generations', generation, archive);
      const tx = db.transaction('seen', 'readwrite');
      for await (const cursor of tx.store) {
        const [of, at] = cursor.primaryKey;
        if (of === archive && at !== generation) await cursor.delete();
      }
      await tx.done;
      this.#seenBytes = undefined;
    } catch {
      // The next start tries again.
    }
  }
}
