// Draws the installed app's pictures from client/ui/mark.svg; run by hand when the mark changes.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { root, say } from './processes.mjs';

const mark = readFileSync(path.join(root, 'client/ui/mark.svg'), 'utf8');
// A launcher cuts a maskable picture to its own shape, down to the inner four fifths.
const maskable = mark
  .replace('rx="8"', '')
  .replace('viewBox="0 0 32 32"', 'viewBox="-4 -4 40 40"')
  .replace('<rect width="32" height="32"', '<rect x="-4" y="-4" width="40" height="40"');
// What cuts the corners itself wants none cut.
const square = mark.replace('rx="8"', '');

const pictures = [
  ['icon-192.png', mark, 192],
  ['icon-512.png', mark, 512],
  ['maskable-512.png', maskable, 512],
  ['apple-touch-icon.png', square, 180],
];
for (const [name, svg, size] of pictures) {
  const file = path.join(root, 'client/public/icons', name);
  await sharp(Buffer.from(svg), { density: (72 * size) / 16 })
    .resize(size, size)
    .png({ compressionLevel: 9, palette: true })
    .toFile(file);
  say(`Drew ${name}.`);
}
