/** What a CAP address may answer: an alert, an index of alerts (Atom, RSS) that links to them or holds them, or EDXL-DE. */
import { malformed } from './provider.ts';
import { instantOf, isRecord } from './read-hours.ts';
import { attributeOf, childOf, childrenOf, parseXml, textOf, wordOf } from './xml.ts';

/** Of all versions that are in use; the later ones only add to the first. */
const capNamespace = /urn:oasis:names:tc:emergency:cap:1\.[012]\b|incident\.com\/cap\/1\.0/;

export interface CapLink {
  url: string;
  /** when the index says it changed; empty: it doesn't say */
  updated: string;
}
export interface CapDocument {
  alerts: unknown[];
  links: CapLink[];
  /** entries that hold no alert and lead to none */
  leftOut: number;
}

/**
 * @param base what links are relative to
 * @throws AnswerError malformed
 */
export function parseCapFeed(text: string, base: string): CapDocument {
  const tree = parseXml(text);
  const alert = childOf(tree, 'alert');
  if (alert !== undefined) {
    if (!capNamespace.test(text)) throw malformed('namespace');
    return { alerts: [alert], links: [], leftOut: 0 };
  }
  const feed = childOf(tree, 'feed');
  if (feed !== undefined) return entriesOf(childrenOf(feed, 'entry'), base);
  const rss = childOf(tree, 'rss') ?? childOf(tree, 'RDF');
  if (rss !== undefined) {
    const items = [...childrenOf(childOf(rss, 'channel'), 'item'), ...childrenOf(rss, 'item')];
    return entriesOf(items, base);
  }
  const envelope = childOf(tree, 'EDXLDistribution');
  if (envelope !== undefined) return { alerts: alertsIn(envelope, 0), links: [], leftOut: 0 };
  throw malformed('root');
}

function entriesOf(entries: readonly unknown[], base: string): CapDocument {
  const document: CapDocument = { alerts: [], links: [], leftOut: 0 };
  for (const entry of entries) {
    const alerts = [...alertsIn(entry, 0), ...alertsInText(entry)];
    const link = alerts.length > 0 ? null : linkOf(entry, base);
    document.alerts.push(...alerts);
    if (link) document.links.push(link);
    else if (alerts.length === 0) document.leftOut += 1;
  }
  return document;
}

function alertsIn(node: unknown, depth: number): unknown[] {
  if (!isRecord(node) || depth > 8) return [];
  return Object.entries(node).flatMap(([name, value]) => {
    const values: unknown[] = Array.isArray(value) ? value : [value];
    return name === 'alert' ? values : values.flatMap((one) => alertsIn(one, depth + 1));
  });
}

/** Some pack the alert into the entry as text. */
function alertsInText(entry: unknown): unknown[] {
  for (const name of ['content', 'encoded', 'description', 'summary']) {
    const text = wordOf(entry, name);
    if (!capNamespace.test(text) || !/^<(\?xml|([\w-]+:)?alert\b)/.test(text)) continue;
    try {
      return childrenOf(parseXml(text), 'alert');
    } catch {
      return [];
    }
  }
  return [];
}

/** A link that says it leads to CAP, else one that doesn't say it leads to a page for reading, else the entry's id. */
function linkOf(entry: unknown, base: string): CapLink | null {
  const links = [...childrenOf(entry, 'link'), ...childrenOf(entry, 'enclosure')].map((link) => ({
    href: attributeOf(link, 'href') || attributeOf(link, 'url') || textOf(link),
    type: attributeOf(link, 'type'),
    rel: attributeOf(link, 'rel'),
  }));
  const cap = links.find(({ type }) => type.includes('cap'));
  const other = links.find(
    ({ type, rel }) => !/html|image/.test(type) && rel !== 'self' && rel !== 'edit',
  );
  const candidates = [cap?.href, other?.href, wordOf(entry, 'id'), wordOf(entry, 'guid')];
  const updated =
    wordOf(entry, 'updated') || wordOf(entry, 'pubDate') || wordOf(entry, 'published');
  for (const candidate of candidates) {
    if (!candidate || candidate.length > 1_000) continue;
    const isAbsolute = URL.canParse(candidate);
    if (!isAbsolute && candidate !== cap?.href && candidate !== other?.href) continue;
    if (!URL.canParse(candidate, base)) continue;
    const url = new URL(candidate, base);
    if (['http:', 'https:'].includes(url.protocol))
      return { url: url.href, updated: updated.slice(0, 40) };
  }
  return null;
}

/** The latest first, as far as they say. */
export const byAge = (a: CapLink, b: CapLink): number =>
  (instantOf(b.updated) ?? (Date.parse(b.updated) || 0)) -
  (instantOf(a.updated) ?? (Date.parse(a.updated) || 0));
