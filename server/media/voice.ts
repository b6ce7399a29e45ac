/** Makes of what was sent the voice note that is kept: the same sound, without what is written about it. */
import { AppError } from '../../shared/errors.ts';
import { maxVoiceBytes, maxVoiceSeconds } from '../../shared/media/schema.ts';
import type { CleanSound } from './clean-sound.ts';
import { cleanMp3 } from './voice-mp3.ts';
import { cleanMp4 } from './voice-mp4.ts';
import { cleanOgg } from './voice-ogg.ts';
import { cleanWav } from './voice-wav.ts';
import { cleanWebm } from './voice-webm.ts';

export interface KeptVoice {
  bytes: Buffer;
  contentType: string;
  durationSeconds: number | null;
}

/** A recorder stops a little late. */
const lateSeconds = 5;

interface Container {
  contentType: string;
  /** @throws Error for what is not of that form, or holds more than sound */
  clean: (sent: Buffer) => CleanSound;
}
const webm: Container = { contentType: 'audio/webm', clean: cleanWebm };
const ogg: Container = { contentType: 'audio/ogg', clean: cleanOgg };
const mp4: Container = { contentType: 'audio/mp4', clean: cleanMp4 };
const wav: Container = { contentType: 'audio/wav', clean: cleanWav };
/** What the content says → how it is read. A container says video also where it holds sound alone. */
const containers: Record<string, Container> = {
  'video/webm': webm,
  'audio/webm': webm,
  'video/matroska': webm,
  'audio/ogg': ogg,
  'audio/ogg; codecs=opus': ogg,
  'audio/opus': ogg,
  'application/ogg': ogg,
  'video/mp4': mp4,
  'audio/mp4': mp4,
  'audio/x-m4a': mp4,
  'audio/m4a': mp4,
  'audio/mpeg': { contentType: 'audio/mpeg', clean: cleanMp3 },
  'audio/wav': wav,
  'audio/x-wav': wav,
  'audio/vnd.wave': wav,
};

export const isVoiceType = (mime: string): boolean => mime in containers;

/**
 * @param mime what the content was found to be
 * @param declaredSeconds what the device says, used where the sound itself does not tell
 * @throws AppError media_type_unknown, media_unreadable, too_large
 */
export function makeVoice(
  sent: Buffer,
  mime: string,
  declaredSeconds: number | undefined,
): KeptVoice {
  const container = containers[mime];
  if (container === undefined) throw new AppError('media_type_unknown');
  const { bytes, seconds } = cleaned(container, sent);
  const durationSeconds = seconds ?? declaredSeconds ?? null;
  if (durationSeconds !== null && durationSeconds > maxVoiceSeconds + lateSeconds)
    throw new AppError('too_large', { params: { limitKb: maxVoiceBytes / 1024 } });
  return { bytes, contentType: container.contentType, durationSeconds };
}

function cleaned(container: Container, sent: Buffer): CleanSound {
  try {
    const sound = container.clean(sent);
    if (sound.bytes.length === 0) throw new Error('no sound');
    return sound;
  } catch {
    // A container of another make, cut off, or with pictures in it.
    throw new AppError('media_unreadable');
  }
}
