/** One message of the Common Alerting Protocol 1.2 (OASIS, 2010): pure, from facts to XML. */
import type { Position } from '../../shared/geo/position.ts';
import type { ResponseLevel } from '../../shared/response/schema.ts';
import { xmlText } from '../kernel/xml-text.ts';
import { capTime } from './cap-times.ts';
import { wordsOf } from './cap-words.ts';
import type { AlertFacts, AlertWords } from './cap-words.ts';

export interface SentMessage {
  sender: string;
  identifier: string;
  /** as it is written in it */
  sent: string;
}
export interface AlertMessage extends AlertFacts {
  identifier: string;
  sender: string;
  sentAt: string;
  onsetAt: string;
  expiresAt: string;
  /** all earlier ones of the same night */
  references: readonly SentMessage[];
  /** outlines, in degrees */
  rings: readonly (readonly Position[])[];
  /** empty = none */
  web: string;
}

const severity: Record<ResponseLevel, string> = {
  red: 'Extreme',
  orange: 'Severe',
  yellow: 'Moderate',
  blue: 'Minor',
};
const hourMs = 3_600_000;

function urgencyOf({ kind, onsetAt, sentAt }: AlertMessage): string {
  if (kind === 'ended') return 'Past';
  const ahead = Date.parse(onsetAt) - Date.parse(sentAt);
  if (ahead <= 0) return 'Immediate';
  return ahead <= hourMs ? 'Expected' : 'Future';
}

/** A sender or an identifier may hold no space, comma, < or &: they are written in one line with others. */
const plain = (name: string): string => name.replaceAll(/[^\w.:@+/-]/g, '');

const typeOf = ({ kind, references }: AlertMessage): 'Alert' | 'Update' | 'Cancel' => {
  if (kind === 'ended') return 'Cancel';
  return references.length === 0 ? 'Alert' : 'Update';
};

/** Latitude first; the first pair again at the end. */
function polygonOf(ring: readonly Position[]): string {
  const pairs = ring.map(({ lon, lat }) => `${lat},${lon}`);
  if (pairs[0] !== pairs.at(-1)) pairs.push(pairs[0]!);
  return pairs.join(' ');
}

const element = (name: string, value: string): string => `<${name}>${xmlText(value)}</${name}>`;
const parameter = (name: string, value: string): string =>
  `<parameter>${element('valueName', name)}${element('value', value)}</parameter>`;

function infoOf(message: AlertMessage, words: AlertWords): string {
  const time = (at: string) => capTime(at, message.timeZone);
  const { sentAt, onsetAt, expiresAt, level, feltCelsius, rings, web, kind } = message;
  const over = kind === 'ended';
  return [
    '<info>',
    element('language', words.language),
    element('category', 'Met'),
    element('category', 'Safety'),
    element('event', words.event),
    ...(over ? ['AllClear'] : ['Shelter', 'Monitor']).map((one) => element('responseType', one)),
    element('urgency', urgencyOf(message)),
    element('severity', severity[level]),
    element('certainty', over || onsetAt <= sentAt ? 'Observed' : 'Likely'),
    element('effective', time(sentAt)),
    element('onset', time(onsetAt)),
    element('expires', time(expiresAt)),
    element('senderName', words.city),
    element('headline', words.headline),
    element('description', words.description),
    element('instruction', words.instruction),
    ...(web === '' ? [] : [element('web', web)]),
    element('contact', words.contact),
    parameter('responseLevel', level),
    parameter('feltCelsius', feltCelsius.toFixed(1)),
    '<area>',
    element('areaDesc', words.city),
    ...rings.map((ring) => element('polygon', polygonOf(ring))),
    '</area>',
    '</info>',
  ].join('\n');
}

export interface WrittenMessage {
  kind: 'Alert' | 'Update' | 'Cancel';
  sender: string;
  sent: string;
  title: string;
  xml: string;
}

export function writeMessage(message: AlertMessage): WrittenMessage {
  const words = wordsOf(message);
  const kind = typeOf(message);
  const sender = plain(message.sender);
  const sent = capTime(message.sentAt, message.timeZone);
  const references = message.references
    .map((one) => `${one.sender},${one.identifier},${one.sent}`)
    .join(' ');
  const xml = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">',
    element('identifier', plain(message.identifier)),
    element('sender', sender),
    element('sent', sent),
    element('status', message.drill ? 'Exercise' : 'Actual'),
    element('msgType', kind),
    element('scope', 'Public'),
    ...(message.drill ? [element('note', '演练 Exercise')] : []),
    ...(references === '' ? [] : [element('references', references)]),
    ...words.map((one) => infoOf(message, one)),
    '</alert>',
    '',
  ].join('\n');
  const title = words.map(({ headline }) => headline).join(' · ');
  return { kind, sender, sent, title, xml };
}
