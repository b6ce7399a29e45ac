import { describe, expect, it } from 'vitest';
import { errorCodes } from '../shared/errors.ts';
import { namespaces } from './words.ts';

type Tree = { [key: string]: string | Tree };

function leaves(tree: Tree, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const here = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'string') found.set(here, value);
    else for (const [inner, text] of leaves(value, here)) found.set(inner, text);
  }
  return found;
}
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort();

describe.each(Object.entries(namespaces))('the words of %s', (_name, words) => {
  const zh = leaves(words.zh);
  const en = leaves(words.en);
  it('have the same keys in both languages, but for the English singular', () => {
    const singular = (key: string) =>
      key.endsWith('_one') && zh.has(key.replace(/_one$/, '_other'));
    expect([...en.keys()].filter((key) => !singular(key)).sort()).toEqual([...zh.keys()].sort());
  });
  it('leave no text empty', () => {
    for (const [key, text] of [...zh, ...en]) expect(text.trim(), key).not.toBe('');
  });
  it('fill the same blanks in both languages', () => {
    for (const [key, text] of zh) {
      const english = en.get(key) ?? '';
      expect(placeholders(english), key).toEqual(placeholders(text));
    }
  });
  it('write no Chinese in the English text', () => {
    for (const [key, text] of en)
      if (key !== 'switchLanguage') expect(text, key).not.toMatch(/[\u4e00-\u9fff]/);
  });
});

it('every error code has its sentence', () => {
  const sentences: object = namespaces.errors.zh;
  for (const code of [...errorCodes, 'unreachable']) expect(sentences).toHaveProperty(code);
});

it('no screen calls a person a case or a vagrant', () => {
  for (const words of Object.values(namespaces)) {
    for (const [key, text] of leaves(words.en))
      expect(text, key).not.toMatch(/vagrant|(?<!-)\bcases?\b/i);
    for (const [key, text] of leaves(words.zh)) expect(text, key).not.toMatch(/流浪汉|盲流|乞丐/);
  }
});
