/** Makes of what was sent the photo that is kept: the right way up, of a sensible size, and nothing but the picture. */
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { AppError } from '../../shared/errors.ts';
import { Turns } from './turns.ts';

export interface KeptPhoto {
  full: Buffer;
  thumbnail: Buffer;
  width: number;
  height: number;
}

export const photoSidePixels = 2048;
export const thumbnailSidePixels = 320;
/** Three times the sharpest phones, as pictures come that no device made smaller; beyond it is no photo. */
const maxPixels = 100_000_000;
const patienceSeconds = 20;
/** A large picture that has to be turned lies in memory as a whole: 0.4 GB at most. */
const turns = new Turns(2);

/**
 * Drawn anew as a JPEG: position, device, times, comments, embedded previews and whatever follows the picture in the
 * file stay behind, because nothing but pixels is carried over.
 * @throws AppError media_unreadable for what is broken, moves, or is larger than any photo
 */
export const makePhoto = (sent: Buffer): Promise<KeptPhoto> => turns.take(() => draw(sent));

async function draw(sent: Buffer): Promise<KeptPhoto> {
  try {
    const picture = sharp(sent, { limitInputPixels: maxPixels, failOn: 'error' });
    const { pages = 1 } = await picture.metadata();
    if (pages > 1) throw new AppError('media_unreadable');
    const full = await scaled(picture, photoSidePixels, 82);
    const thumbnail = await scaled(sharp(full.data), thumbnailSidePixels, 72);
    const { width, height } = full.info;
    return { full: full.data, thumbnail: thumbnail.data, width, height };
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('media_unreadable');
  }
}

const scaled = (picture: Sharp, sidePixels: number, quality: number) =>
  picture
    .autoOrient()
    .resize({ width: sidePixels, height: sidePixels, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .jpeg({ quality })
    .timeout({ seconds: patienceSeconds })
    .toBuffer({ resolveWithObject: true });
