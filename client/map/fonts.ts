/**
 * The bundled Noto Sans SC slices as MapLibre font faces: labels are drawn in the browser from the
 * slices that a view's characters need, with no glyph server and no font of the system.
 */
import type { FontFacesSpecification } from '@maplibre/maplibre-gl-style-spec';
import { LABEL_FONT, STRONG_LABEL_FONT } from './font-names.ts';
import unicodeRanges from '@fontsource/noto-sans-sc/unicode.json' with { type: 'json' };

const regular = import.meta.glob<string>(
  [
    '../../node_modules/@fontsource/noto-sans-sc/files/*-400-normal.woff2',
    '!**/*-chinese-simplified-*',
  ],
  {
    query: '?url',
    import: 'default',
    eager: true,
  },
);
const bold = import.meta.glob<string>(
  [
    '../../node_modules/@fontsource/noto-sans-sc/files/*-700-normal.woff2',
    '!**/*-chinese-simplified-*',
  ],
  {
    query: '?url',
    import: 'default',
    eager: true,
  },
);

export const fontFaces: FontFacesSpecification = {
  [LABEL_FONT]: facesOf(regular, '400'),
  [STRONG_LABEL_FONT]: facesOf(bold, '700'),
};

function facesOf(files: Record<string, string>, weight: string) {
  const urlByName = new Map(
    Object.entries(files).map(([path, url]) => [path.slice(path.lastIndexOf('/') + 1), url]),
  );
  return Object.entries(unicodeRanges).flatMap(([slice, ranges]) => {
    const url = urlByName.get(
      `noto-sans-sc-${slice.replaceAll(/[[\]]/g, '')}-${weight}-normal.woff2`,
    );
    return url
      ? [{ url: new URL(url, location.href).href, 'unicode-range': ranges.split(',') }]
      : [];
  });
}
