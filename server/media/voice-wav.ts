import type { CleanSound } from './clean-sound.ts';

/** Only these carry the sound; LIST, id3, bext, iXML and whatever else there is are about it. */
const soundChunks = new Set(['fmt ', 'fact', 'data']);

/** A RIFF file written anew of the chunks that hold the sound. */
export function cleanWav(sent: Buffer): CleanSound {
  if (sent.toString('latin1', 0, 4) !== 'RIFF' || sent.toString('latin1', 8, 12) !== 'WAVE')
    throw new Error('not a WAVE file');
  const kept: Buffer[] = [];
  let bytesPerSecond = 0;
  let soundBytes = 0;
  for (let at = 12; at + 8 <= sent.length;) {
    const name = sent.toString('latin1', at, at + 4);
    // A recorder that was cut off leaves the length of the sound open.
    const length = Math.min(sent.readUInt32LE(at + 4), sent.length - at - 8);
    if (soundChunks.has(name)) {
      const header = Buffer.from(sent.subarray(at, at + 8));
      header.writeUInt32LE(length, 4);
      kept.push(header, sent.subarray(at + 8, at + 8 + length));
      if (length % 2 === 1) kept.push(Buffer.alloc(1));
      if (name === 'fmt ') bytesPerSecond = sent.readUInt32LE(at + 16);
      if (name === 'data') soundBytes += length;
    }
    at += 8 + length + (length % 2);
  }
  if (bytesPerSecond === 0 || soundBytes === 0) throw new Error('no sound');
  const body = Buffer.concat(kept);
  const head = Buffer.from('RIFF\0\0\0\0WAVE', 'latin1');
  head.writeUInt32LE(4 + body.length, 4);
  return { bytes: Buffer.concat([head, body]), seconds: soundBytes / bytesPerSecond };
}
