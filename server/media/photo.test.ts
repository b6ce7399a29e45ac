import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import exifr from 'exifr';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { repoRoot } from '../kernel/repo-root.ts';
import { makePhoto, photoSidePixels, thumbnailSidePixels } from './photo.ts';

const samples = path.join(repoRoot(), '../shared/data/conformance');
const there = existsSync(samples);
if (!there) console.warn(`Not tested with real photos: ${samples} is missing`);

/** A photo with position whose data breaks off in the middle. */
const broken = 'exif_other/corrupted.jpg';

const photosIn = (folder: string): [string, Buffer][] =>
  there
    ? readdirSync(path.join(samples, folder))
        .filter((name) => name.endsWith('.jpg'))
        .map((name) => [`${folder}/${name}`, readFileSync(path.join(samples, folder, name))])
    : [];

const everything = { gps: true, tiff: true, exif: true, xmp: true, iptc: true, icc: true };
const whatIsTold = (photo: Buffer): Promise<unknown> =>
  exifr.parse(photo, { ...everything, interop: true, ifd1: true, jfif: false, mergeOutput: true });

/** The markers of a JPEG's segments up to the picture's own data, and what comes behind its end. */
function anatomyOf(jpeg: Buffer): { markers: number[]; trailing: number } {
  const markers: number[] = [];
  let at = 2;
  for (; jpeg[at + 1] !== 0xda; at += 2 + jpeg.readUInt16BE(at + 2)) markers.push(jpeg[at + 1]!);
  return { markers, trailing: jpeg.length - (jpeg.lastIndexOf(Buffer.from([0xff, 0xd9])) + 2) };
}

const tables = new Set([0xdb, 0xc0, 0xc2, 0xc4, 0xdd]);
const jfif = 0xe0;
const written = [
  'Exif\0',
  'http://ns.adobe.com/',
  'x:xmpmeta',
  'Photoshop',
  'GPS',
  'MPF\0',
  'ICC_PROFILE',
];

async function expectNothingTold(photo: Buffer): Promise<void> {
  expect(await whatIsTold(photo)).toBeUndefined();
  const { markers, trailing } = anatomyOf(photo);
  expect(markers.filter((marker) => marker !== jfif && !tables.has(marker))).toEqual([]);
  expect(trailing).toBe(0);
  const head = photo.subarray(0, photo.indexOf(Buffer.from([0xff, 0xda])));
  for (const text of written) expect(head.includes(text)).toBe(false);
}

describe.skipIf(!there)('a real photo', () => {
  it('comes with its position in the samples, or the test would prove nothing', async () => {
    const gps = photosIn('exif_gps');
    expect(gps.length).toBeGreaterThan(5);
    for (const [name, bytes] of gps)
      expect([name, await exifr.gps(bytes)]).not.toContain(undefined);
  });

  it.each(
    ['exif_gps', 'exif_other', 'exif_orientation']
      .flatMap(photosIn)
      .filter(([name]) => name !== broken),
  )(
    '%s is kept without a word about where, when and with what it was taken',
    async (_name, bytes) => {
      const { full, thumbnail, width, height } = await makePhoto(bytes);
      await expectNothingTold(full);
      await expectNothingTold(thumbnail);
      expect(Math.max(width, height)).toBeLessThanOrEqual(photoSidePixels);
      const small = await sharp(thumbnail).metadata();
      expect(Math.max(small.width, small.height)).toBeLessThanOrEqual(thumbnailSidePixels);
    },
  );

  it('whose picture itself is damaged is refused', async () => {
    const bytes = readFileSync(path.join(samples, broken));
    await expect(makePhoto(bytes)).rejects.toMatchObject({ code: 'media_unreadable' });
  });

  it.each(['landscape', 'portrait'])(
    'stands upright whichever way the %s was held',
    async (name) => {
      const upright = await pixelsOf((await makePhoto(orientationSample(`${name}_1`))).full);
      for (const turned of [2, 3, 4, 5, 6, 7, 8]) {
        const { full, thumbnail } = await makePhoto(orientationSample(`${name}_${turned}`));
        expect(meanDifference(await pixelsOf(full), upright), `${name}_${turned}`).toBeLessThan(6);
        expect(
          meanDifference(await pixelsOf(thumbnail), upright),
          `${name}_${turned}`,
        ).toBeLessThan(9);
      }
    },
  );
});

const orientationSample = (name: string) =>
  readFileSync(path.join(samples, 'exif_orientation', `${name}.jpg`));

/** A small picture of it in grey, with its shape: a photo that lies on its side has another. */
async function pixelsOf(photo: Buffer): Promise<{ shape: number; grey: Buffer }> {
  const { width, height } = await sharp(photo).metadata();
  const grey = await sharp(photo).resize(24, 24, { fit: 'fill' }).greyscale().raw().toBuffer();
  return { shape: width / height, grey };
}

function meanDifference(a: Awaited<ReturnType<typeof pixelsOf>>, b: typeof a): number {
  expect(a.shape).toBeCloseTo(b.shape, 1);
  return a.grey.reduce((sum, value, at) => sum + Math.abs(value - b.grey[at]!), 0) / a.grey.length;
}

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#345' } });

describe('a photo', () => {
  it('made of a PNG with a text about it and of a WebP is a bare JPEG too', async () => {
    const told = { IFD0: { Copyright: 'somebody', ImageDescription: 'beside the bridge' } };
    for (const sent of [
      await plain(40, 30).withExif(told).png().toBuffer(),
      await plain(40, 30).withExif(told).webp().toBuffer(),
    ]) {
      expect(sent.includes('beside the bridge')).toBe(true);
      const { full, width, height } = await makePhoto(sent);
      await expectNothingTold(full);
      expect([width, height]).toEqual([40, 30]);
    }
  });

  it('with something hidden behind its end is kept without it', async () => {
    const sent = Buffer.concat([
      await plain(64, 64).jpeg().toBuffer(),
      Buffer.from('MPF\0GPS secret'),
    ]);
    await expectNothingTold((await makePhoto(sent)).full);
  });

  it('smaller than the limits stays as small as it is', async () => {
    const { width, height } = await makePhoto(await plain(100, 60).jpeg().toBuffer());
    expect([width, height]).toEqual([100, 60]);
  });

  it('that unpacks to more than any photo holds is refused without being unpacked', async () => {
    const bomb = blackPng(40_000);
    expect(bomb.length).toBeLessThan(1_000_000);
    const began = performance.now();
    await expect(makePhoto(bomb)).rejects.toMatchObject({ code: 'media_unreadable' });
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('that moves, is cut off, or is none at all is refused', async () => {
    const frames = await sharp(
      [await plain(8, 8).png().toBuffer(), await plain(8, 8).negate().png().toBuffer()],
      {
        join: { animated: true },
      },
    )
      .webp()
      .toBuffer();
    const whole = await sharp(
      Buffer.from(Array.from({ length: 300 * 300 * 3 }, (_, at) => (at * 7919) % 251)),
      {
        raw: { width: 300, height: 300, channels: 3 },
      },
    )
      .jpeg()
      .toBuffer();
    for (const sent of [
      frames,
      whole.subarray(0, whole.length / 2),
      Buffer.from('no photo'),
      Buffer.alloc(0),
    ])
      await expect(makePhoto(sent)).rejects.toMatchObject({ code: 'media_unreadable' });
  });
});

/** A square PNG of one bit per pixel, all of it the same: a few hundred kilobytes however large. */
function blackPng(side: number): Buffer {
  const chunk = (name: string, body: Buffer) => {
    const named = Buffer.concat([Buffer.from(name), body]);
    return Buffer.concat([uint(body.length), named, uint(crc32(named))]);
  };
  const rows = deflateSync(Buffer.alloc((1 + side / 8) * side));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', Buffer.concat([uint(side), uint(side), Buffer.from([1, 0, 0, 0, 0])])),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function uint(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Of the PNG format: CRC-32, reflected. */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
