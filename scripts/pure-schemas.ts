/**
 * At build time: a screen that wants a list of words from a schema file must not load the whole checker for it. Making a
 * schema has no effect but its value, which the bundler can't know: here it is told.
 */
import { parseSync } from 'vite';
import type { Plugin } from 'vite';

export const pureSchemas: Plugin = {
  name: 'nuanxun:pure-schemas',
  enforce: 'post',
  transform(code, id) {
    if (!/\/shared\/.*\.ts$/.test(id) || !code.includes('zod')) return null;
    const inserts: [number, string][] = [];
    for (const node of parseSync(id.replace(/ts$/, 'js'), code).program.body) {
      const declared = node.type === 'ExportNamedDeclaration' ? node.declaration : node;
      if (declared?.type !== 'VariableDeclaration') continue;
      for (const { init } of declared.declarations) {
        if (!init || /Function/.test(init.type)) continue;
        if (!/\bz\.|Schema\b/.test(code.slice(init.start, init.end))) continue;
        inserts.push([init.start, '/* #__PURE__ */ (() => ('], [init.end, '))()']);
      }
    }
    let changed = code;
    for (const [at, text] of inserts.toSorted(([a], [b]) => b - a))
      changed = changed.slice(0, at) + text + changed.slice(at);
    return { code: changed, map: null };
  },
};
