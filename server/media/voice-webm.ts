import type { CleanSound } from './clean-sound.ts';

/** Element ids of Matroska that matter here, with their marker bits. */
const id = {
  ebml: 0x1a45dfa3,
  segment: 0x18538067,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  title: 0x7ba9,
  dateUtc: 0x4461,
  fileName: 0x7384,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackType: 0x83,
  trackName: 0x536e,
  tags: 0x1254c367,
  attachments: 0x1941a469,
  chapters: 0x1043a770,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  blockGroup: 0xa0,
  block: 0xa1,
  simpleBlock: 0xa3,
  void: 0xec,
} as const;

const folders: ReadonlySet<number> = new Set([
  id.segment,
  id.info,
  id.tracks,
  id.trackEntry,
  id.cluster,
  id.blockGroup,
]);
/** What is told about the sound, by whoever made the file. */
const about: ReadonlySet<number> = new Set([
  id.tags,
  id.attachments,
  id.chapters,
  id.title,
  id.dateUtc,
  id.fileName,
  id.trackName,
]);
/** Stand right in the segment: with one of them a cluster of unknown length is over. */
const topLevel: ReadonlySet<number> = new Set([
  id.info,
  id.tracks,
  id.tags,
  id.attachments,
  id.chapters,
  id.cluster,
  0x1c53bb6b, // cues
  0x114d9b74, // seek head
]);
const sound = 2;

interface Found {
  scale: number;
  clusterAt: number;
  lastTick: number;
  trackTypes: number[];
}

/** Elements about the sound become empty space of the same length; browsers write none, other programs do. */
export function cleanWebm(sent: Buffer): CleanSound {
  const bytes = Buffer.from(sent);
  const found: Found = { scale: 1_000_000, clusterAt: 0, lastTick: 0, trackTypes: [] };
  walk(bytes, 0, bytes.length, found, []);
  if (found.trackTypes.length === 0 || found.trackTypes.some((type) => type !== sound))
    throw new Error('not sound alone');
  const seconds = (found.lastTick * found.scale) / 1e9;
  return { bytes, seconds: seconds > 0 ? seconds : null };
}

interface Element {
  id: number;
  at: number;
  body: number;
  /** null = until the next element of a higher level, or the end */
  end: number | null;
}

/** Answers where it stopped: before an element that belongs further up, or at the end. */
function walk(bytes: Buffer, from: number, to: number, found: Found, path: number[]): number {
  let at = from;
  while (at < to) {
    const element = readElement(bytes, at, to);
    // A recorder that was cut off leaves a piece of an element: the sound before it is whole.
    if (element === null) return to;
    const inCluster = path.at(-1) === id.cluster;
    if (inCluster && topLevel.has(element.id)) return at;
    const end = element.end ?? to;
    if (about.has(element.id)) {
      if (element.end === null) throw new Error('a tag without a length');
      blank(bytes, element.at, end);
      at = end;
    } else if (folders.has(element.id)) {
      if (path.length > 6) throw new Error('too deep');
      at = walk(bytes, element.body, end, found, [...path, element.id]);
    } else {
      if (element.end === null) throw new Error('a value without a length');
      note(bytes, element, end, found);
      at = end;
    }
  }
  return at;
}

function note(bytes: Buffer, element: Element, end: number, found: Found): void {
  const number = () => bytes.subarray(element.body, end).reduce((sum, byte) => sum * 256 + byte, 0);
  if (element.id === id.timestampScale) found.scale = number();
  else if (element.id === id.trackType) found.trackTypes.push(number());
  else if (element.id === id.timestamp) found.clusterAt = number();
  else if (element.id === id.simpleBlock || element.id === id.block) {
    const track = readVint(bytes, element.body, false);
    if (track === null || track.next + 2 > end) return;
    const tick = found.clusterAt + bytes.readInt16BE(track.next);
    found.lastTick = Math.max(found.lastTick, tick);
  }
}

function readElement(bytes: Buffer, at: number, to: number): Element | null {
  const name = readVint(bytes, at, true);
  const length = name === null ? null : readVint(bytes, name.next, false);
  if (name === null || length === null) return null;
  const end = length.isUnknown ? null : length.next + length.value;
  const isFolder = folders.has(name.value);
  if (end !== null && end > to && !isFolder) return null;
  return { id: name.value, at, body: length.next, end: end === null ? null : Math.min(end, to) };
}

/** A number whose first byte tells its length; ids keep the marker that says so. */
function readVint(bytes: Buffer, at: number, keepMarker: boolean) {
  const first = bytes[at];
  if (first === undefined || first === 0) return null;
  const length = Math.clz32(first) - 23;
  if (at + length > bytes.length) return null;
  let value = keepMarker ? first : first & (0xff >> length);
  let isUnknown = value === 0xff >> length;
  for (const byte of bytes.subarray(at + 1, at + length)) {
    value = value * 256 + byte;
    isUnknown &&= byte === 0xff;
  }
  return { value, isUnknown: !keepMarker && isUnknown, next: at + length };
}

/** An element of two bytes or more becomes Void of the same length. */
function blank(bytes: Buffer, at: number, end: number): void {
  const total = end - at;
  bytes.fill(0, at, end);
  bytes[at] = id.void;
  // One byte of length as far as it carries, else eight.
  if (total - 2 < 127) bytes[at + 1] = 0x80 | (total - 2);
  else {
    bytes[at + 1] = 0x01;
    bytes.writeUIntBE(total - 10, at + 3, 6);
  }
}
