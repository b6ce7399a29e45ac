/** XML of strangers as a plain tree: no document types, no entities but the five of XML itself, bounded in depth. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { malformed } from './provider.ts';
import { isRecord } from './read-hours.ts';

export type XmlNode = Record<string, unknown>;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  // Entities are made of a document type, and there is none here.
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: 60,
});

/** @throws AnswerError malformed: html, doctype, xml (also half a document) */
export function parseXml(text: string): XmlNode {
  const bare = text.replace(/^\uFEFF/, '').trim();
  if (bare === '') throw malformed('empty');
  if (/^<(!doctype\s+html|html)\b/i.test(bare)) throw malformed('html');
  requireHarmless(bare);
  if (!bare.startsWith('<') || XMLValidator.validate(bare) !== true) throw malformed('xml');
  try {
    const tree = parser.parse(bare) as unknown;
    if (isRecord(tree)) return tree;
  } catch {
    // Too deep, or a name that is none.
  }
  throw malformed('xml');
}

/** The parser compares each attribute with all others of its element. */
const longestTag = 16_384;

/**
 * No document type, everything that begins also ends, and no tag is endless: in one walk, before anything looks closer,
 * because what is never closed is searched for again and again otherwise.
 */
function requireHarmless(text: string): void {
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at)) {
    if (text.startsWith('<!--', at)) at = after(text, '-->', at + 4);
    else if (text.startsWith('<![CDATA[', at)) at = after(text, ']]>', at + 9);
    else if (text.startsWith('<!', at)) throw malformed('doctype');
    else if (text.startsWith('<?', at)) at = after(text, '?>', at + 2);
    else at = afterTag(text, at + 1);
  }
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  if (at === -1) throw malformed('xml');
  return at + mark.length;
}

/** A value in quotes may hold a `>`. */
function afterTag(text: string, from: number): number {
  const mark = /[>"']/g;
  mark.lastIndex = from;
  for (let found = mark.exec(text); found; found = mark.exec(text)) {
    if (mark.lastIndex - from > longestTag) break;
    if (found[0] === '>') return mark.lastIndex;
    mark.lastIndex = after(text, found[0], mark.lastIndex);
  }
  throw malformed('xml');
}

export function childrenOf(node: unknown, name: string): unknown[] {
  if (!isRecord(node)) return [];
  const value = node[name];
  return Array.isArray(value) ? (value as unknown[]) : value === undefined ? [] : [value];
}
export const childOf = (node: unknown, name: string): unknown => childrenOf(node, name)[0];

/** Trimmed; empty where it isn't there. */
export function wordOf(node: unknown, name: string): string {
  return textOf(childOf(node, name));
}
export function textOf(value: unknown): string {
  if (typeof value === 'string') return unescaped(value).trim();
  return isRecord(value) && typeof value['#text'] === 'string'
    ? unescaped(value['#text']).trim()
    : '';
}
export const attributeOf = (node: unknown, name: string): string =>
  isRecord(node) && typeof node[`@${name}`] === 'string'
    ? unescaped(node[`@${name}`] as string)
    : '';

const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const unescaped = (text: string): string =>
  text.replace(
    /&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([\da-f]{1,6}));/gi,
    (whole, name, decimal, hex) => {
      if (name !== undefined) return named[String(name).toLowerCase()] ?? whole;
      const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
      return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
    },
  );
