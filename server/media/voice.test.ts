import { fileTypeFromBuffer } from 'file-type';
import { describe, expect, it } from 'vitest';
import { mp4Recording, webmRecording } from '../testing/recordings.ts';
import { makeVoice } from './voice.ts';

const place = 'N39.9042 E116.4074 beside the bridge';
const typeOf = async (bytes: Buffer) => (await fileTypeFromBuffer(bytes))!.mime;
async function keep(bytes: Buffer, declared?: number) {
  return makeVoice(bytes, await typeOf(bytes), declared);
}
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const u32le = (value: number): Buffer => u32(value).reverse();

describe('a recording of a browser', () => {
  it('in WebM is kept as it is, and tells how long it is', async () => {
    const { bytes, contentType, durationSeconds } = await keep(webmRecording);
    expect(contentType).toBe('audio/webm');
    expect(bytes.equals(webmRecording)).toBe(true);
    expect(durationSeconds).toBeCloseTo(1.5, 0);
  });

  it('in MP4 keeps its length and its offsets', async () => {
    const { bytes, contentType, durationSeconds } = await keep(mp4Recording, 1.5);
    expect(contentType).toBe('audio/mp4');
    expect(bytes.length).toBe(mp4Recording.length);
    expect(durationSeconds).toBe(1.5);
  });

  it('that was cut off in the middle is kept as far as it goes', async () => {
    const { durationSeconds } = await keep(webmRecording.subarray(0, 2500));
    expect(durationSeconds).toBeGreaterThan(0.5);
  });
});

describe('what somebody wrote into a recording', () => {
  it('is gone from WebM: tags, attachments, the title', async () => {
    const element = (id: number[], body: Buffer) =>
      Buffer.concat([Buffer.from([...id, 0x40 | (body.length >> 8), body.length & 255]), body]);
    const tags = element([0x12, 0x54, 0xc3, 0x67], Buffer.from(place.repeat(8)));
    const attached = element([0x19, 0x41, 0xa4, 0x69], Buffer.from(place));
    const at = webmRecording.indexOf(Buffer.from([0x1f, 0x43, 0xb6, 0x75]));
    const sent = Buffer.concat([
      webmRecording.subarray(0, at),
      tags,
      attached,
      webmRecording.subarray(at),
      tags,
    ]);
    const { bytes, durationSeconds } = await keep(sent);
    expect(sent.includes(place)).toBe(true);
    expect(bytes.includes(place)).toBe(false);
    expect(bytes.length).toBe(sent.length);
    expect(durationSeconds).toBeCloseTo(1.5, 0);
    // Empty space reads as empty space: cleaning it again finds nothing to do.
    expect((await keep(bytes)).bytes.equals(bytes)).toBe(true);
  });

  it('is gone from MP4: the place, names, XMP', async () => {
    const box = (name: string, body: Buffer) =>
      Buffer.concat([u32(8 + body.length), Buffer.from(name, 'latin1'), body]);
    const sent = Buffer.concat([
      mp4Recording,
      box('udta', box('\xa9xyz', Buffer.from(place))),
      box('uuid', Buffer.from(place)),
      box('meta', Buffer.from(place)),
    ]);
    const { bytes } = await keep(sent);
    expect(bytes.includes(place)).toBe(false);
    expect(bytes.length).toBe(sent.length);
  });

  it('is gone from MP3: tags before and behind the sound', async () => {
    const frame = Buffer.alloc(417);
    frame.set([0xff, 0xfb, 0x90, 0x00]);
    const sound = Buffer.concat(Array.from({ length: 50 }, () => frame));
    const tag = Buffer.from(`TIT2 ${place}`);
    const id3 = Buffer.concat([
      Buffer.from('ID3\x04\0\0\0\0\0', 'latin1'),
      Buffer.from([tag.length]),
      tag,
    ]);
    const behind = Buffer.concat([
      Buffer.from(`APETAGEX${place}`),
      Buffer.from(`TAG${place}`.padEnd(128)),
    ]);
    const { bytes, durationSeconds } = await keep(Buffer.concat([id3, sound, behind]));
    expect(bytes.equals(sound)).toBe(true);
    expect(durationSeconds).toBeCloseTo((50 * 1152) / 44_100, 5);
  });

  it('is gone from WAVE: everything but format and sound', async () => {
    const sent = wave(8000, 1, [['LIST', place.padEnd(38)]]);
    expect(sent.includes(place)).toBe(true);
    const { bytes, durationSeconds } = await keep(sent);
    expect(bytes.includes(place)).toBe(false);
    expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
    expect(durationSeconds).toBe(1);
  });

  it('is gone from Ogg, whose pages still check', async () => {
    const comments = [`LOCATION=${place}`, 'x'.repeat(300)];
    const tags = Buffer.concat([
      Buffer.from('OpusTags'),
      ...['Lavf 60', String(comments.length)].map((vendor, index) =>
        index === 0
          ? Buffer.concat([u32le(vendor.length), Buffer.from(vendor)])
          : u32le(comments.length),
      ),
      ...comments.flatMap((comment) => [u32le(comment.length), Buffer.from(comment)]),
    ]);
    const head = Buffer.concat([
      Buffer.from('OpusHead'),
      Buffer.from([1, 1, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0]),
    ]);
    const sent = Buffer.concat([
      page(0, 0n, head),
      page(1, 0n, tags),
      page(2, 96_000n, Buffer.alloc(200, 7)),
    ]);
    const { bytes, durationSeconds, contentType } = await keep(sent);
    expect(contentType).toBe('audio/ogg');
    expect(bytes.includes(place)).toBe(false);
    expect(bytes.length).toBe(sent.length);
    expect(durationSeconds).toBe(2);
    const at = bytes.indexOf('OggS', 28);
    const end = bytes.indexOf('OggS', at + 4);
    expect(bytes.readUInt32LE(at + 22)).toBe(bitwiseCrc(bytes.subarray(at, end)));
    const behind = Buffer.concat([sent, Buffer.from(`TAG ${place}`)]);
    expect((await keep(behind)).bytes.equals(bytes)).toBe(true);
  });
});

describe('a voice note', () => {
  it('longer than three minutes is refused', async () => {
    await expect(keep(wave(8000, 190, []))).rejects.toMatchObject({ code: 'too_large' });
    await expect(keep(mp4Recording, 400)).rejects.toMatchObject({ code: 'too_large' });
  });

  it('with pictures in it, broken, or of another kind is refused', async () => {
    const film = Buffer.from(mp4Recording);
    film.write('vide', film.indexOf('soun'), 'latin1');
    await expect(keep(film)).rejects.toMatchObject({ code: 'media_unreadable' });
    const webmFilm = Buffer.from(webmRecording);
    webmFilm[webmFilm.indexOf(Buffer.from([0x83, 0x81, 0x02])) + 2] = 1;
    await expect(keep(webmFilm)).rejects.toMatchObject({ code: 'media_unreadable' });
    await expect(keep(mp4Recording.subarray(0, 700))).rejects.toMatchObject({
      code: 'media_unreadable',
    });
    expect(() => makeVoice(Buffer.from('%PDF'), 'application/pdf', 1)).toThrow(
      'media_type_unknown',
    );
  });
});

function wave(rate: number, seconds: number, more: [string, string][]): Buffer {
  const chunk = (name: string, body: Buffer) =>
    Buffer.concat([Buffer.from(name), u32le(body.length), body]);
  const format = Buffer.alloc(16);
  format.writeUInt16LE(1, 0);
  format.writeUInt16LE(1, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt32LE(rate * 2, 8);
  format.writeUInt16LE(2, 12);
  format.writeUInt16LE(16, 14);
  const body = Buffer.concat([
    Buffer.from('WAVE'),
    chunk('fmt ', format),
    ...more.map(([name, text]) => chunk(name, Buffer.from(text))),
    chunk('data', Buffer.alloc(rate * 2 * seconds)),
  ]);
  return Buffer.concat([Buffer.from('RIFF'), u32le(body.length), body]);
}

/** One packet on one page. */
function page(number: number, granule: bigint, packet: Buffer): Buffer {
  const lacing = [
    ...Array.from({ length: Math.floor(packet.length / 255) }, () => 255),
    packet.length % 255,
  ];
  const head = Buffer.alloc(27);
  head.write('OggS');
  head[5] = number === 0 ? 2 : 0;
  head.writeBigInt64LE(granule, 6);
  head.writeUInt32LE(42, 14);
  head.writeUInt32LE(number, 18);
  head[26] = lacing.length;
  const whole = Buffer.concat([head, Buffer.from(lacing), packet]);
  whole.writeUInt32LE(bitwiseCrc(whole), 22);
  return whole;
}

/** As the format's definition says it, bit by bit, the checksum's own place counted as zero. */
function bitwiseCrc(bytes: Buffer): number {
  let crc = 0;
  bytes.forEach((byte, at) => {
    crc ^= (at >= 22 && at < 26 ? 0 : byte) << 24;
    for (let bit = 0; bit < 8; bit += 1) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  });
  return crc >>> 0;
}
