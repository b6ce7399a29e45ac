import type { CleanSound } from './clean-sound.ts';

/** kbit/s of MPEG-1 and of MPEG-2/2.5, layer III, by the index in the frame's header. */
const bitrates1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const bitrates2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
/** Hz by version bits (0 = 2.5, 2 = 2, 3 = 1) and index. */
const sampleRates: Record<number, readonly number[]> = {
  0: [11_025, 12_000, 8_000],
  2: [22_050, 24_000, 16_000],
  3: [44_100, 48_000, 32_000],
};

interface Frame {
  bytes: number;
  seconds: number;
}

/** The frames alone: tags (ID3 of any version, APE, Lyrics3) stand before, between and behind them. */
export function cleanMp3(sent: Buffer): CleanSound {
  const frames: Buffer[] = [];
  let seconds = 0;
  for (let at = 0; at + 4 <= sent.length;) {
    const frame = readFrame(sent, at);
    if (frame !== null && at + frame.bytes <= sent.length) {
      frames.push(sent.subarray(at, at + frame.bytes));
      seconds += frame.seconds;
      at += frame.bytes;
    } else at += tagLength(sent, at);
  }
  // A few bytes of a tag may look like a frame; sound has many.
  if (frames.length < 3) throw new Error('no sound');
  return { bytes: Buffer.concat(frames), seconds };
}

/** An ID3v2 tag tells its length, so that nothing within it is taken for sound; else one byte on. */
function tagLength(sent: Buffer, at: number): number {
  // Told by its bytes, without making a text of each place: there may be millions of them.
  if (sent[at] !== 0x49 || sent[at + 1] !== 0x44 || sent[at + 2] !== 0x33) return 1;
  if (at + 10 > sent.length) return 1;
  const size = [6, 7, 8, 9].reduce((sum, place) => sum * 128 + (sent[at + place]! & 0x7f), 0);
  return 10 + size;
}

function readFrame(sent: Buffer, at: number): Frame | null {
  const head = sent.readUInt32BE(at);
  if (head >>> 21 !== 0x7ff) return null;
  const version = (head >>> 19) & 3;
  const layer = (head >>> 17) & 3;
  const rate = (version === 3 ? bitrates1 : bitrates2)[(head >>> 12) & 15];
  const hertz = sampleRates[version]?.[(head >>> 10) & 3];
  if (layer !== 1 || !rate || hertz === undefined) return null;
  const samples = version === 3 ? 1152 : 576;
  const padding = (head >>> 9) & 1;
  return {
    bytes: Math.floor((samples / 8) * ((rate * 1000) / hertz)) + padding,
    seconds: samples / hertz,
  };
}
