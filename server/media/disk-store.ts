import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ByteRange, MediaStore } from './store.ts';

/** Files below `<data folder>/media`: written beside their place, forced to the disk, then moved into it. */
export function diskStore(dataDir: string): MediaStore {
  const root = path.join(dataDir, 'media');
  const at = (key: string) => path.join(root, key);
  return {
    kind: 'disk',
    put: async (key, bytes) => {
      const place = at(key);
      const folder = path.dirname(place);
      await mkdir(folder, { recursive: true });
      const temporary = path.join(folder, `.${randomUUID()}`);
      try {
        await writeForGood(temporary, bytes);
        await rename(temporary, place);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
      await syncFolder(folder);
    },
    read: (key, range) => readPart(at(key), range),
    remove: (key) => rm(at(key), { force: true }),
  };
}

async function writeForGood(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'wx', 0o640);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Without it a power cut may lose the name of a file whose bytes are safe. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readPart(file: string, range: ByteRange | undefined): Promise<Buffer | null> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (handle === null) return null;
  try {
    if (range === undefined) return await handle.readFile();
    const buffer = Buffer.alloc(range.to - range.from + 1);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, range.from);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
