import type { CleanSound } from './clean-sound.ts';

const opusRate = 48_000;
/** Comments longer than this are no recorder's. */
const mostCommentBytes = 1024 * 1024;

interface Page {
  at: number;
  end: number;
  body: number;
  serial: number;
  granule: bigint;
  /** the last packet on it goes on with the next page */
  open: boolean;
}

/** The comments are blanked where they stand, and the pages they stand on get a new checksum. */
export function cleanOgg(sent: Buffer): CleanSound {
  const bytes = Buffer.from(sent);
  const pages = readPages(bytes);
  const first = pages[0]!;
  if (pages.some(({ serial }) => serial !== first.serial)) throw new Error('not one sound alone');
  const kind = kindOf(bytes, first);
  const commentPages = pagesOfSecondPacket(pages);
  blankComments(bytes, commentPages, kind.commentHead);
  for (const page of commentPages) sign(bytes, page);
  const last = pages.findLast(({ granule }) => granule >= 0n)?.granule ?? 0n;
  const seconds = last > 0n ? Number(last) / kind.rate : null;
  // What follows the last whole page is no sound, and nobody has looked at what it says.
  return { bytes: bytes.subarray(0, pages.at(-1)!.end), seconds };
}

function kindOf(bytes: Buffer, first: Page): { rate: number; commentHead: string } {
  const start = bytes.toString('latin1', first.body, first.body + 8);
  if (start === 'OpusHead') return { rate: opusRate, commentHead: 'OpusTags' };
  if (start.startsWith('\x01vorbis'))
    return { rate: bytes.readUInt32LE(first.body + 12) || 1, commentHead: '\x03vorbis' };
  throw new Error('neither Opus nor Vorbis');
}

function readPages(bytes: Buffer): Page[] {
  const pages: Page[] = [];
  for (let at = 0; at < bytes.length;) {
    if (bytes.toString('latin1', at, at + 4) !== 'OggS' || at + 27 > bytes.length) {
      // What a recorder that was cut off left of its last page.
      if (pages.length > 2) break;
      throw new Error('not an Ogg page');
    }
    const segments = bytes[at + 26]!;
    const table = bytes.subarray(at + 27, at + 27 + segments);
    const body = at + 27 + segments;
    const end = body + table.reduce((sum, length) => sum + length, 0);
    if (end > bytes.length) break;
    const granule = bytes.readBigInt64LE(at + 6);
    const serial = bytes.readUInt32LE(at + 14);
    pages.push({ at, end, body, serial, granule, open: table.at(-1) === 255 });
    at = end;
  }
  if (pages.length < 2) throw new Error('no sound');
  return pages;
}

/** The first packet has a page of its own; the comments begin the second one and may run over several. */
function pagesOfSecondPacket(pages: Page[]): Page[] {
  const last = pages.findIndex(({ open }, index) => index > 0 && !open);
  if (last < 0) throw new Error('the comments have no end');
  const own = pages.slice(1, last + 1);
  if (own.reduce((sum, { body, end }) => sum + end - body, 0) > mostCommentBytes)
    throw new Error('the comments are too long');
  return own;
}

/** Vendor and comments keep their lengths; of the comments every byte becomes a space, which players take. */
function blankComments(bytes: Buffer, pages: readonly Page[], head: string): void {
  const places = pages.flatMap(({ body, end }) =>
    Array.from({ length: end - body }, (_, index) => body + index),
  );
  const text = places.slice(0, head.length).map((place) => bytes[place]!);
  if (Buffer.from(text).toString('latin1') !== head) throw new Error('no comments');
  let at = head.length;
  const readLength = (): number => {
    const four = places.slice(at, at + 4).map((place) => bytes[place]!);
    if (four.length < 4) throw new Error('the comments are cut off');
    at += 4;
    return Buffer.from(four).readUInt32LE();
  };
  const blank = (length: number): void => {
    if (at + length > places.length) throw new Error('the comments are cut off');
    for (const place of places.slice(at, at + length)) bytes[place] = 0x20;
    at += length;
  };
  blank(readLength());
  for (let comments = readLength(); comments > 0; comments -= 1) blank(readLength());
  // Opus allows anything behind them; Vorbis goes on with what the sound needs.
  if (head === 'OpusTags') for (const place of places.slice(at)) bytes[place] = 0;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let crc = index << 24;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc >>> 0;
});

/** The page's checksum (CRC-32 of polynomial 0x04c11db7, not reflected), counted with its own place as zero. */
function sign(bytes: Buffer, { at, end }: Page): void {
  bytes.writeUInt32LE(0, at + 22);
  let crc = 0;
  for (let place = at; place < end; place += 1)
    crc = ((crc << 8) ^ crcTable[((crc >>> 24) & 0xff) ^ bytes[place]!]!) >>> 0;
  bytes.writeUInt32LE(crc, at + 22);
}
