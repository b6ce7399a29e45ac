/** One alert of the Common Alerting Protocol 1.0–1.2 (https://docs.oasis-open.org/emergency/cap/v1.2/): what it asks of us. */
import { hourMs } from '../../shared/weather/hours.ts';
import { warningSeverities } from '../../shared/weather/schema.ts';
import type { WarningSeverity } from '../../shared/weather/schema.ts';
import { placementOf } from './cap-area.ts';
import type { Bounds, Placement } from './cap-area.ts';
import { isAboutCold } from './cold-words.ts';
import type { ToldWarning } from './provider.ts';
import { instantOf, isRecord } from './read-hours.ts';
import { childrenOf, textOf, wordOf } from './xml.ts';

/** Where the sender names no end *(ours)*. */
const usualHours = 24;

export type CapMessage =
  /** `warning` null: it concerns another place, is over, or says that all is clear */
  | { kind: 'message'; warning: ToldWarning | null; withdraws: string[] }
  /** a test, an exercise, an acknowledgement, not for the public */
  | { kind: 'ignored' }
  /** it lacks what every alert must have */
  | { kind: 'broken' };

/** @param alert the element as a tree */
export function parseCapAlert(alert: unknown, bounds: Bounds, nowMs: number): CapMessage {
  if (!isRecord(alert)) return { kind: 'broken' };
  const identifier = wordOf(alert, 'identifier');
  const sender = wordOf(alert, 'sender');
  const sentMs = instantOf(wordOf(alert, 'sent'));
  const status = wordOf(alert, 'status');
  const msgType = wordOf(alert, 'msgType');
  if (!isName(identifier) || !isName(sender) || sentMs === null) return { kind: 'broken' };
  if (!statuses.includes(status) || !types.includes(msgType)) return { kind: 'broken' };
  const scope = wordOf(alert, 'scope');
  if (status !== 'Actual' || ['Ack', 'Error'].includes(msgType) || !['Public', ''].includes(scope))
    return { kind: 'ignored' };
  const id = idOf(sender, identifier);
  const withdraws =
    msgType === 'Alert'
      ? []
      : referencesOf(wordOf(alert, 'references'), sentMs).filter((one) => one !== id);
  const base = { id, sender, sentMs };
  const warning = msgType === 'Cancel' ? null : warningOf(alert, base, bounds, nowMs);
  return { kind: 'message', warning, withdraws };
}

const statuses = ['Actual', 'Exercise', 'System', 'Test', 'Draft'];
const types = ['Alert', 'Update', 'Cancel', 'Ack', 'Error'];
/** "Must not include spaces, commas or restricted characters"; some senders do write spaces. */
const isName = (text: string): boolean => text !== '' && text.length <= 240 && !/[,<&]/.test(text);
const idOf = (sender: string, identifier: string): string => `${sender},${identifier}`;

/** `sender,identifier,sent` with blanks between; nothing refers to what was sent after it. */
function referencesOf(text: string, sentMs: number): string[] {
  return text
    .split(/\s+/)
    .slice(0, 200)
    .flatMap((reference) => {
      const [sender, identifier, sent] = reference.split(',');
      if (!sender || !identifier) return [];
      const referredMs = instantOf(sent);
      return referredMs !== null && referredMs > sentMs ? [] : [idOf(sender, identifier)];
    });
}

interface Base {
  id: string;
  sender: string;
  sentMs: number;
}
interface Info {
  node: unknown;
  severity: WarningSeverity;
  fromMs: number;
  untilMs: number;
  placement: Placement;
}

/** Of the blocks in the language that is read best here: the severest that concerns the city. */
function warningOf(alert: unknown, base: Base, bounds: Bounds, nowMs: number): ToldWarning | null {
  const infos = inBestLanguage(childrenOf(alert, 'info'))
    .filter((node) => !childrenOf(node, 'responseType').map(textOf).includes('AllClear'))
    .map((node) => infoOf(node, base, bounds))
    .filter(({ placement, untilMs }) => placement !== 'elsewhere' && untilMs > nowMs);
  const rank = ({ severity }: Info): number => warningSeverities.indexOf(severity);
  const [info] = infos.sort((a, b) => rank(a) - rank(b));
  if (info === undefined) return null;
  const word = (name: string): string => wordOf(info.node, name);
  const text = [word('description'), word('instruction')]
    .filter((part) => part !== '')
    .join('\n\n');
  return {
    id: base.id,
    event: word('event').slice(0, 200),
    headline: asLines(word('headline')).slice(0, 500),
    text: asLines(text).slice(0, 8_000),
    sender: (word('senderName') || base.sender).slice(0, 200),
    severity: info.severity,
    cold: isAboutCold(word('event'), word('headline')),
    areaText: childrenOf(info.node, 'area')
      .map((area) => wordOf(area, 'areaDesc'))
      .join(' · ')
      .slice(0, 500),
    placed: info.placement === 'touches',
    fromAt: new Date(info.fromMs).toISOString(),
    untilAt: new Date(info.untilMs).toISOString(),
  };
}

/** Some write their lines as a page would; the rest stays the text it is. */
const asLines = (text: string): string => text.replace(/<br\s*\/?>/gi, '\n');

function infoOf(node: unknown, { sentMs }: Base, bounds: Bounds): Info {
  const areas = childrenOf(node, 'area');
  const shapes = (name: string): string[] =>
    areas.flatMap((area) => childrenOf(area, name).map(textOf));
  const severity = wordOf(node, 'severity');
  return {
    node,
    severity: warningSeverities.find((one) => one === severity) ?? 'Unknown',
    fromMs: instantOf(wordOf(node, 'onset')) ?? instantOf(wordOf(node, 'effective')) ?? sentMs,
    untilMs: instantOf(wordOf(node, 'expires')) ?? sentMs + usualHours * hourMs,
    placement: everyPlacement(areas, bounds, shapes),
  };
}

/** An area without a shape beside others with one may still be this city. */
function everyPlacement(
  areas: readonly unknown[],
  bounds: Bounds,
  shapes: (name: string) => string[],
): Placement {
  const all = placementOf(shapes('polygon'), shapes('circle'), bounds);
  if (all !== 'elsewhere') return all;
  const isShapeless = (area: unknown): boolean =>
    ['polygon', 'circle'].every((name) => childrenOf(area, name).map(textOf).join('') === '');
  return areas.some(isShapeless) ? 'unplaced' : 'elsewhere';
}

/** Chinese, else English (which is what no language means), else what comes first. */
function inBestLanguage(infos: readonly unknown[]): unknown[] {
  const languageOf = (info: unknown): string => (wordOf(info, 'language') || 'en-US').toLowerCase();
  const languages = infos.map(languageOf);
  const best =
    languages.find((one) => one.startsWith('zh')) ??
    languages.find((one) => one.startsWith('en')) ??
    languages[0];
  return infos.filter((info) => languageOf(info).slice(0, 2) === best?.slice(0, 2));
}
