import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const block = 512;

/** Whether a file is a whole tar of tiles: the engine takes any other for a map with nothing on it. */
export function holdsTiles(file: string): boolean {
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    const header = Buffer.alloc(block);
    let tiles = 0;
    for (let at = 0; at + block <= size;) {
      readSync(handle, header, 0, block, at);
      if (header[0] === 0) return tiles > 0;
      if (header.toString('latin1', 257, 262) !== 'ustar') return false;
      const length = Number.parseInt(header.toString('latin1', 124, 136), 8);
      const end = at + block + Math.ceil(length / block) * block;
      if (!(end <= size)) return false;
      tiles += 1;
      at = end;
    }
    return false;
  } finally {
    closeSync(handle);
  }
}
