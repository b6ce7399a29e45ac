import type { CleanSound } from './clean-sound.ts';

/** Boxes that only hold other boxes of interest. */
const folders = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl', 'edts', 'mvex', 'moof', 'traf']);
/** Boxes about the sound: names, dates, the place (`©xyz`, `loci`), pictures, XMP. */
const about = new Set(['udta', 'meta', 'uuid', 'ilst', 'loci', 'XMP_']);

interface Found {
  handlers: string[];
  seconds: number | null;
}

/** Tags are emptied where they stand and called free space, so that the offsets of the sound stay right. */
export function cleanMp4(sent: Buffer): CleanSound {
  const bytes = Buffer.from(sent);
  const found: Found = { handlers: [], seconds: null };
  walk(bytes, 0, bytes.length, found, 0);
  // A track of pictures, of subtitles or of timed places is no voice note.
  if (found.handlers.length === 0 || found.handlers.some((handler) => handler !== 'soun'))
    throw new Error('not sound alone');
  return { bytes, seconds: found.seconds };
}

function walk(bytes: Buffer, from: number, to: number, found: Found, depth: number): void {
  for (let at = from; at < to;) {
    const { name, head, end } = readBox(bytes, at, to);
    if (about.has(name)) {
      bytes.write('free', at + 4, 'latin1');
      bytes.fill(0, at + head, end);
    } else if (folders.has(name) && depth < 8) walk(bytes, at + head, end, found, depth + 1);
    else if (name === 'hdlr') {
      found.handlers.push(bytes.toString('latin1', at + head + 8, at + head + 12));
      // Then the name of the handler, as the maker of the file wrote it.
      bytes.fill(0, Math.min(end, at + head + 24), end);
    } else if (name === 'mvhd') found.seconds = secondsOf(bytes, at + head, end);
    at = end;
  }
}

function readBox(bytes: Buffer, at: number, to: number) {
  if (at + 8 > to) throw new Error('a box is cut off');
  const size = bytes.readUInt32BE(at);
  const name = bytes.toString('latin1', at + 4, at + 8);
  const isLong = size === 1;
  if (isLong && at + 16 > to) throw new Error('a box is cut off');
  const length = isLong ? Number(bytes.readBigUInt64BE(at + 8)) : size === 0 ? to - at : size;
  const head = isLong ? 16 : 8;
  if (length < head || at + length > to) throw new Error('a box is cut off');
  return { name, head, end: at + length };
}

/** Null where the length is only in the fragments. */
function secondsOf(bytes: Buffer, at: number, end: number): number | null {
  const isLong = bytes[at] === 1;
  if (end - at < (isLong ? 32 : 20)) throw new Error('a box is cut off');
  const scale = bytes.readUInt32BE(at + (isLong ? 20 : 12));
  const length = isLong ? Number(bytes.readBigUInt64BE(at + 24)) : bytes.readUInt32BE(at + 16);
  const isUnknown = length === 0 || length === 0xffffffff;
  return scale === 0 || isUnknown ? null : length / scale;
}
