import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { responseLevels } from '../../shared/response/levels.ts';
import { capFaults, hasCapSchema, xmlFaults } from '../testing/cap-schema.ts';
import { writeFeed } from './cap-feed.ts';
import { writeMessage } from './cap-message.ts';
import type { AlertMessage } from './cap-message.ts';

const ring = [
  { lon: 116.1, lat: 39.6 },
  { lon: 116.7, lat: 39.6 },
  { lon: 116.7, lat: 40.2 },
  { lon: 116.1, lat: 39.6 },
];
const orange: AlertMessage = {
  identifier: 'nuanxun-nuanhe-0190a0f0',
  sender: 'cold@nuanhe.example',
  sentAt: '2026-01-05T12:00:00.123Z',
  onsetAt: '2026-01-05T14:00:00.000Z',
  expiresAt: '2026-01-06T00:00:00.000Z',
  references: [],
  rings: [ring],
  web: 'https://nuanhe.example/tonight?a=1&b=2',
  cityZh: '暖河',
  cityEn: 'Nuanhe',
  hotline: '010-12345',
  timeZone: 'Asia/Shanghai',
  level: 'orange',
  kind: 'declared',
  drill: false,
  temperatureCelsius: -13,
  windKmh: 20,
  feltCelsius: -21.64,
  untilAt: '2026-01-06T00:00:00.000Z',
  publicZh: '救助站整夜开门。',
  publicEn: 'The stations are open all night.',
};
const first = { sender: 'cold@nuanhe.example', identifier: 'a', sent: '2026-01-05T20:00:00+08:00' };
const second = { ...first, identifier: 'b', sent: '2026-01-05T22:00:00+08:00' };
const said = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text]) => text!);

describe('an alert', () => {
  it('says in both languages how cold, until when, what to do and whom to call', () => {
    const { xml, kind, sent } = writeMessage(orange);
    expect([kind, sent]).toEqual(['Alert', '2026-01-05T20:00:00+08:00']);
    expect(said(xml, 'status')).toEqual(['Actual']);
    expect(said(xml, 'language')).toEqual(['zh-CN', 'en']);
    expect(said(xml, 'severity')).toEqual(['Severe', 'Severe']);
    expect(said(xml, 'urgency')).toEqual(['Future', 'Future']);
    expect(said(xml, 'onset')[0]).toBe('2026-01-05T22:00:00+08:00');
    expect(said(xml, 'expires')[0]).toBe('2026-01-06T08:00:00+08:00');
    expect(said(xml, 'areaDesc')).toEqual(['暖河', 'Nuanhe']);
    expect(said(xml, 'polygon')[0]).toBe('39.6,116.1 39.6,116.7 40.2,116.7 39.6,116.1');
    expect(said(xml, 'web')[0]).toBe('https://nuanhe.example/tonight?a=1&amp;b=2');
    const [zh, en] = said(xml, 'instruction');
    expect(zh).toContain('010-12345');
    expect(zh).toContain('救助站整夜开门。');
    expect(en).toContain('The stations are open all night.');
    expect(said(xml, 'description')[0]).toContain('体感约 −22 °C');
  });

  it.each([
    ['red', 'Extreme'],
    ['orange', 'Severe'],
    ['yellow', 'Moderate'],
    ['blue', 'Minor'],
  ] as const)('of level %s is %s', (level, severity) => {
    expect(said(writeMessage({ ...orange, level }).xml, 'severity')).toEqual([severity, severity]);
  });

  it('that is about one before refers to all earlier ones, word for word', () => {
    const references = [first, second];
    const raised = writeMessage({ ...orange, kind: 'raised', level: 'red', references });
    expect(raised.kind).toBe('Update');
    expect(said(raised.xml, 'references')).toEqual([
      'cold@nuanhe.example,a,2026-01-05T20:00:00+08:00 cold@nuanhe.example,b,2026-01-05T22:00:00+08:00',
    ]);
    const ended = writeMessage({ ...orange, kind: 'ended', references });
    expect(ended.kind).toBe('Cancel');
    expect(said(ended.xml, 'urgency')).toEqual(['Past', 'Past']);
    expect(said(ended.xml, 'responseType')).toEqual(['AllClear', 'AllClear']);
  });

  it('of a drill is an exercise, in its status and in its words', () => {
    const { xml, title } = writeMessage({ ...orange, drill: true });
    expect(said(xml, 'status')).toEqual(['Exercise']);
    expect(title).toMatch(/^【演练】.*EXERCISE: /);
    for (const name of ['event', 'headline', 'description'])
      for (const text of said(xml, name)) expect(text).toMatch(/演练|exercise/i);
  });

  it('closes an outline that isn’t closed', () => {
    const { xml } = writeMessage({ ...orange, rings: [ring.slice(0, 3)] });
    expect(said(xml, 'polygon')[0]!.split(' ').at(-1)).toBe('39.6,116.1');
  });
});

const naughtyFile = new URL(
  '../../../shared/data/conformance/naughty_strings/blns.json',
  import.meta.url,
);
const naughty = existsSync(naughtyFile)
  ? (JSON.parse(readFileSync(naughtyFile, 'utf8')) as string[])
  : ['<script>alert(1)</script>', ']]>', '\u0000\u0001', '&amp;', '\ud800', '‮'];

const anyText = fc.oneof(
  fc.constantFrom(...naughty),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
);
const anyMessage: fc.Arbitrary<AlertMessage> = fc.record({
  identifier: fc.uuid().map((id) => `nuanxun-${id}`),
  sender: fc.oneof(fc.constant('cold@nuanhe.example'), fc.stringMatching(/^[\w.:@+/-]{1,60}$/)),
  sentAt: fc.constantFrom('2026-01-05T12:00:00.000Z', '2026-07-05T23:59:59.999Z'),
  onsetAt: fc.constantFrom('2026-01-05T12:00:00.000Z', '2026-01-05T12:30:00.000Z'),
  expiresAt: fc.constant('2026-01-06T00:00:00.000Z'),
  references: fc.subarray([first, second]),
  rings: fc.constantFrom([], [ring], [ring, ring]),
  web: fc.oneof(fc.constant(''), fc.webUrl({ withFragments: true, withQueryParameters: true })),
  cityZh: anyText,
  cityEn: anyText,
  hotline: anyText,
  timeZone: fc.constantFrom('Asia/Shanghai', 'UTC', 'America/St_Johns'),
  level: fc.constantFrom(...responseLevels),
  kind: fc.constantFrom('declared', 'raised', 'lowered', 'changed', 'renewed', 'ended'),
  drill: fc.boolean(),
  temperatureCelsius: fc.double({ min: -80, max: 50, noNaN: true }),
  windKmh: fc.double({ min: 0, max: 300, noNaN: true }),
  feltCelsius: fc.double({ min: -120, max: 50, noNaN: true }),
  untilAt: fc.constantFrom(null, '2026-01-06T00:00:00.000Z'),
  publicZh: anyText,
  publicEn: anyText,
});

describe.skipIf(!hasCapSchema)('by the standard’s own schema', () => {
  it(
    'every kind of message of every level holds, with any words in it',
    { timeout: 60_000 },
    async () => {
      const some = fc.sample(anyMessage, { numRuns: 300, seed: 12 });
      const kinds = (
        ['declared', 'raised', 'lowered', 'changed', 'renewed', 'ended'] as const
      ).flatMap((kind) =>
        responseLevels.map((level) => ({ ...orange, kind, level, references: [first] })),
      );
      const all = naughty.map((text) => ({
        ...orange,
        cityZh: text,
        cityEn: text,
        hotline: text,
        publicZh: text,
        publicEn: text,
      }));
      const messages = [orange, ...kinds, ...some, ...all].map((one) => writeMessage(one).xml);
      expect(await capFaults(messages)).toEqual([]);
    },
  );

  it('what is broken is found: the check sees something', async () => {
    const { xml } = writeMessage(orange);
    expect(await capFaults([xml.replace('Actual', 'Real')])).not.toEqual([]);
    expect(await capFaults([xml.replace('+08:00</sent>', 'Z</sent>')])).not.toEqual([]);
    expect(await capFaults([xml.replace('暖河', '&')])).not.toEqual([]);
  });
});

test('the feed is XML, whatever a city or an alert is called', async () => {
  const one = { identifier: 'nuanxun-nuanhe-1', kind: 'Alert', sentAt: orange.sentAt } as const;
  const feeds = naughty.map((text) =>
    writeFeed({ id: 'nuanhe', nameZh: text, nameEn: text }, [{ ...one, title: text }]),
  );
  expect(await xmlFaults(feeds)).toEqual([]);
  const city = { id: 'nuanhe', nameZh: '暖', nameEn: 'Nuan' };
  const broken = writeFeed(city, []).replace('<updated>', '<upd>');
  expect(await xmlFaults([broken])).not.toEqual([]);
});
