/**
 * At build time: `import('./public-words.ts?zh')` brings the words of that file and of all it imports in one language.
 * Both stand side by side in the source, where the compiler and a test hold them together; a screen loads those it shows.
 */
import { parseSync } from 'vite';
import type { Plugin } from 'vite';

type Node = { type: string; start: number; end: number; [key: string]: unknown };

const languageOf = (id: string): string | undefined => /\?(zh|en)$/.exec(id)?.[1];
const isWords = (file: string): boolean => /words(?:-zh|-en)?\.ts$/.test(file);

function* nodesOf(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const item of value) yield* nodesOf(item);
  else if (typeof value === 'object' && value !== null) {
    const node = value as Node;
    if (typeof node.type === 'string') yield node;
    for (const inner of Object.values(node)) if (typeof inner === 'object') yield* nodesOf(inner);
  }
}

export const oneLanguage: Plugin = {
  name: 'nuanxun:one-language',
  enforce: 'post',
  resolveId: {
    order: 'pre',
    async handler(source, importer, options) {
      const inherited =
        importer !== undefined && isWords(source) ? languageOf(importer) : undefined;
      const language = languageOf(source) ?? inherited;
      if (language === undefined) return null;
      const bare = (id: string) => id.replace(/\?(?:zh|en)$/, '');
      const from = importer === undefined ? undefined : bare(importer);
      const found = await this.resolve(bare(source), from, { ...options, skipSelf: true });
      // What makes a namespace of two halves is no words itself.
      if (found === null || found.id.endsWith('/kernel/words.ts')) return found;
      return { ...found, id: `${found.id}?${language}` };
    },
  },
  transform(code, id) {
    const language = languageOf(id);
    if (language === undefined || !code.includes('defineWords(')) return null;
    let changed = code;
    for (const node of nodesOf(parseSync('words.js', code).program)) {
      const called = node['callee'] as { name?: string } | undefined;
      if (node.type !== 'CallExpression' || called?.name !== 'defineWords') continue;
      const left = (node['arguments'] as Node[])[language === 'zh' ? 1 : 0];
      if (left) changed = changed.slice(0, left.start) + 'undefined' + changed.slice(left.end);
    }
    return { code: changed, map: null };
  },
};
