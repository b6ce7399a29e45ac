/** At build time: which file belongs to which part that a device keeps (see client/service-worker/parts.ts). */
import type { Plugin, Rolldown } from 'vite';
import type { Part } from '../client/service-worker/parts.ts';

type Bundle = Rolldown.OutputBundle;

/** A device is spoken to in either language, with a network or without. */
const bothOf = (words: string): string[] => [`${words}?zh`, `${words}?en`];

const publicRoots = [
  'main.tsx',
  'landing/landing-screen.tsx',
  ...bothOf('public-words.ts'),
  ...bothOf('report/page-words.ts'),
  ...bothOf('core-words.ts'),
  ...bothOf('outbox/page-words.ts'),
  'report/report-screen.tsx',
  'tips/track-screen.tsx',
  'accounts/join-screen.tsx',
];
const reporterRoots = ['report/report-screen.tsx', 'live-room.tsx', ...bothOf('map/page-words.ts')];
const fieldRoots = [
  'patrol/patrol-screen.tsx',
  'report/report-screen.tsx',
  'accounts/login-screen.tsx',
  'ui/shell.tsx',
  ...bothOf('patrol/page-words.ts'),
  ...bothOf('words.ts'),
  'live-room.tsx',
];
/** Loaded at need where there is a network: their own people's screens. */
const leftOut = ['board/', 'admin/', 'accounts/setup-screen', 'ui/fonts.ts', 'app.tsx', 'main.tsx'];

const isLight = (file: string): boolean => !/maplibre|city-map/.test(file);

const sourceOf = (chunk: Rolldown.OutputChunk): string =>
  (chunk.facadeModuleId ?? '').replace(/^.*\/client\//, '');

/** The files that the screens of `roots` load: at once, or (`later`) at any time. */
function filesOf(bundle: Bundle, roots: readonly string[], later: boolean): Set<string> {
  const found = new Set<string>();
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
  const waiting = chunks
    .filter((chunk) => chunk.isEntry || roots.includes(sourceOf(chunk)))
    .map((chunk) => chunk.fileName);
  const enter = (name: string | undefined) => {
    if (name !== undefined && !found.has(name)) waiting.push(name);
  };
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    const chunk = bundle[name];
    if (chunk?.type !== 'chunk') continue;
    const { importedCss = [], importedAssets = [] } = chunk.viteMetadata ?? {};
    for (const file of [...chunk.imports, ...importedCss]) enter(file);
    // Where every screen is named, none is meant.
    const followed = later && !chunk.isEntry ? chunk.dynamicImports : [];
    for (const file of followed) {
      const next = bundle[file];
      const source = next?.type === 'chunk' ? sourceOf(next) : '';
      if (!leftOut.some((start) => source.startsWith(start))) enter(file);
    }
    for (const file of importedAssets) if (!file.endsWith('.woff2')) enter(file);
  }
  return found;
}

export function keepParts(): {
  plugin: Plugin;
  mark: (entries: { url: string; revision: string | null; size: number }[]) => {
    manifest: { url: string; revision: string | null; size: number; part: Part }[];
    warnings: string[];
  };
} {
  const parts: [Part, Set<string>][] = [];
  return {
    plugin: {
      name: 'nuanxun:keep-parts',
      generateBundle(_options, bundle) {
        parts.length = 0;
        const reporter = [...filesOf(bundle, reporterRoots, true)];
        parts.push(
          // What comes after the first screenful too, but for the map.
          ['all', new Set([...filesOf(bundle, publicRoots, true)].filter(isLight))],
          ['reporter', new Set(reporter.filter((file) => !/maplibre/.test(file)))],
          ['field', filesOf(bundle, fieldRoots, true)],
        );
      },
    },
    mark: (entries) => {
      const partOf = (url: string): Part | undefined =>
        url.startsWith('assets/') ? parts.find(([, files]) => files.has(url))?.[0] : 'all';
      const manifest = entries.flatMap((entry) => {
        const part = partOf(entry.url);
        return part === undefined ? [] : [{ ...entry, part }];
      });
      const warnings = parts.length === 0 ? ['No bundle was seen: nothing is kept.'] : [];
      return { manifest, warnings };
    },
  };
}
