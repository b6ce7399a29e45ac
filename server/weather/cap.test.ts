/** Real alerts and feeds, and deliberately broken ones (Google's CAP library), where the data folder is beside the repository. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { repoRoot } from '../kernel/repo-root.ts';
import { decoded } from './asking.ts';
import { parseCapAlert } from './cap-alert.ts';
import type { Bounds } from './cap-area.ts';
import { parseCapFeed } from './cap-document.ts';
import { AnswerError } from './provider.ts';

const world: Bounds = [-180, -90, 180, 90];
const elsewhere: Bounds = [116.1, 39.6, 116.7, 40.2];
/** Before the samples ran out. */
const then = Date.parse('2003-01-01T00:00:00Z');

interface Came {
  /** event and severity of each warning */
  warnings: string[];
  withdrawn: number;
  ignored: number;
  /** links to alerts that would be followed */
  links: number;
  leftOut: number;
}
const nothing: Came = { warnings: [], withdrawn: 0, ignored: 0, links: 0, leftOut: 0 };

function came(text: string, bounds: Bounds = world, nowMs = then): Came | { fault: string } {
  try {
    const { alerts, links, leftOut } = parseCapFeed(text, 'http://feed.example/index');
    const all: Came = { ...nothing, warnings: [], links: links.length, leftOut };
    for (const alert of alerts) {
      const message = parseCapAlert(alert, bounds, nowMs);
      if (message.kind === 'broken') all.leftOut += 1;
      if (message.kind === 'ignored') all.ignored += 1;
      if (message.kind !== 'message') continue;
      all.withdrawn += message.withdraws.length;
      const { warning } = message;
      if (warning)
        all.warnings.push(
          `${warning.event}: ${warning.severity}${warning.placed ? '' : ' somewhere'}`,
        );
    }
    return all;
  } catch (error) {
    if (error instanceof AnswerError && error.fault.code === 'malformed')
      return { fault: error.fault.at };
    throw error;
  }
}

const samples = path.join(repoRoot(), '../shared/data/weather/cap/testdata');
/** Of each sample what must come out of it. */
const expected: Record<string, Partial<Came> | { fault: string }> = {
  'amber.atom': { warnings: ['Child Abduction: Severe somewhere'] },
  'australia.cap': { warnings: ['Fire: Minor'] },
  // One of its six alerts is empty.
  'bushfire_invalid.edxlde': {
    warnings: ['Other: Minor', ...Array<string>(4).fill('Grassfire: Moderate'), 'Fire: Moderate'],
    leftOut: 1,
  },
  'bushfire_valid.edxlde': {
    warnings: ['Other: Minor', ...Array<string>(5).fill('Grassfire: Moderate'), 'Fire: Moderate'],
  },
  // All is clear: what it refers to is over, and nothing takes its place.
  'canada.cap': { withdrawn: 2 },
  'canada_errors.cap': {},
  'canada_signed.atom': { warnings: ['snowfall: Moderate'], withdrawn: 9 },
  'canada_signed.cap': { warnings: ['snowfall: Moderate'], withdrawn: 9 },
  'earthquake-iso8859-1.cap': { warnings: ['Earthquake: Unknown'] },
  'earthquake.cap': { warnings: ['Earthquake: Unknown'] },
  'earthquake_index.atom': { links: 1 },
  'earthquake_signed.cap': { warnings: ['Earthquake: Unknown'] },
  'empty_weather_index.atom': {},
  // Without its scope it is still an alert to everybody; names its area by words alone.
  'invalid.cap': { warnings: ['Storm: Unknown somewhere'] },
  'invalid.rss': { leftOut: 1 },
  'invalid_element.atom': { leftOut: 1 },
  // Its alert stands where none may stand.
  'no_entries.atom': {},
  'no_id.atom': { leftOut: 1 },
  'no_link.atom': { links: 1 },
  'no_optional_fields.cap': {},
  'no_title.atom': { links: 1 },
  // Its severity is empty and one pair of its polygon has a comma too many.
  'noaa_errors.cap': { warnings: ['Flood Warning: Unknown'] },
  'ny_index.rss': { links: 2 },
  'wcatwc-warning.cap': { warnings: ['Tsunami Warning: Extreme somewhere'], withdrawn: 1 },
  'weather.atom': { warnings: ['Flash Flood Watch: Severe somewhere'] },
  'weather.cap': { warnings: ['Flash Flood Watch: Severe somewhere'] },
  'weather_index.atom': { links: 2 },
  // Its identifier has a comma, so that nothing could ever refer to it.
  'weather_invalid.atom': { leftOut: 1 },
  'xee.atom': { fault: 'doctype' },
  'xee.cap': { fault: 'doctype' },
};
if (!existsSync(samples)) console.warn(`no CAP samples at ${samples}: left out`);

describe.skipIf(!existsSync(samples))('of the sample', () => {
  const files = existsSync(samples)
    ? readdirSync(samples).filter((name) => !name.endsWith('.pem'))
    : [];
  const textOf = (name: string): string => decoded(readFileSync(path.join(samples, name)), null);

  it.each(files)('%s comes what must come', (name) => {
    const want = expected[name]!;
    expect(came(textOf(name))).toEqual('fault' in want ? want : { ...nothing, ...want });
  });

  it('every one is known', () => {
    expect(Object.keys(expected).toSorted()).toEqual(files.toSorted());
  });

  it('earthquake-iso8859-1.cap the letters are right', () => {
    expect(textOf('earthquake-iso8859-1.cap')).toContain('Usulután, El Salvador');
  });

  it('australia.cap lines are lines and the rest is the text it is', () => {
    const { alerts } = parseCapFeed(textOf('australia.cap'), 'http://feed.example/');
    const message = parseCapAlert(alerts[0], world, then);
    expect(message).toMatchObject({
      kind: 'message',
      warning: { sender: 'NSW Rural Fire Service' },
    });
    expect(JSON.stringify(message)).toContain(
      'ALERT LEVEL: Not Applicable\\nLOCATION: 12 Cox Street',
    );
  });

  it.each(files)('%s nothing is said of a city that a drawn area doesn’t touch', (name) => {
    const all = came(textOf(name), elsewhere);
    if ('warnings' in all) for (const one of all.warnings) expect(one).toMatch(/ somewhere$/);
  });

  it.each(files)('%s half of it is survived', (name) => {
    const text = textOf(name);
    expect(came(text.slice(0, text.length / 2))).toHaveProperty('fault');
  });
});

const now = Date.parse('2026-01-05T18:00:00Z');
const area = (shape: string): string => `<area><areaDesc>北城</areaDesc>${shape}</area>`;
const here = area('<polygon>39.8,116.3 39.8,116.5 40.0,116.5 39.8,116.3</polygon>');
const info = (more = here, fields = ''): string =>
  `<info><category>Met</category><event>Cold Wave</event><urgency>Expected</urgency><severity>Severe</severity>
   <certainty>Likely</certainty><expires>2026-01-06T18:00:00+08:00</expires>${fields}${more}</info>`;
const alert = (body: string, head: Record<string, string> = {}): string => {
  const all: Record<string, string> = {
    identifier: 'one',
    sender: 'bureau@weather.example',
    sent: '2026-01-05T12:00:00+08:00',
    status: 'Actual',
    msgType: 'Alert',
    scope: 'Public',
    ...head,
  };
  const fields = Object.entries(all).map(([name, value]) => `<${name}>${value}</${name}>`);
  return `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">${fields.join('')}${body}</alert>`;
};
const read = (text: string) =>
  parseCapAlert(parseCapFeed(text, 'http://a/').alerts[0], elsewhere, now);

describe('an alert', () => {
  it('is told with its event, its area and its hours', () => {
    expect(read(alert(info(here, '<onset>2026-01-05T20:00:00+08:00</onset>')))).toEqual({
      kind: 'message',
      withdraws: [],
      warning: {
        id: 'bureau@weather.example,one',
        event: 'Cold Wave',
        headline: '',
        text: '',
        sender: 'bureau@weather.example',
        severity: 'Severe',
        cold: true,
        areaText: '北城',
        placed: true,
        fromAt: '2026-01-05T12:00:00.000Z',
        untilAt: '2026-01-06T10:00:00.000Z',
      },
    });
  });

  it.each(['Exercise', 'System', 'Test', 'Draft'])('of status %s is ignored', (status) => {
    expect(read(alert(info(), { status }))).toEqual({ kind: 'ignored' });
  });
  it.each(['Ack', 'Error'])('of type %s is ignored', (msgType) => {
    expect(read(alert(info(), { msgType }))).toEqual({ kind: 'ignored' });
  });
  it.each([
    ['identifier', ''],
    ['identifier', 'a,b'],
    ['sender', ''],
    ['sent', '2026-01-05T12:00:00'],
    ['sent', 'yesterday'],
    ['status', 'Real'],
    ['msgType', 'Warning'],
  ])('whose %s is %j is broken', (name, value) => {
    expect(read(alert(info(), { [name]: value }))).toEqual({ kind: 'broken' });
  });

  it('takes back what it refers to, but never itself nor what was sent after it', () => {
    const references = `bureau@weather.example,zero,2026-01-05T10:00:00+08:00
      bureau@weather.example,one,2026-01-05T12:00:00+08:00 nonsense
      bureau@weather.example,two,2026-01-05T13:00:00+08:00`;
    const update = read(alert(info(), { msgType: 'Update', references }));
    expect(update).toMatchObject({
      withdraws: ['bureau@weather.example,zero'],
      warning: { id: 'bureau@weather.example,one' },
    });
    const cancel = read(alert(info(), { msgType: 'Cancel', references }));
    expect(cancel).toMatchObject({ withdraws: ['bureau@weather.example,zero'], warning: null });
  });

  it('that is over, or says that all is clear, warns of nothing', () => {
    expect(read(alert(info().replace('2026-01-06', '2026-01-05')))).toMatchObject({
      warning: null,
    });
    const clear = info(here, '<responseType>AllClear</responseType>');
    expect(read(alert(clear))).toMatchObject({ warning: null });
    expect(read(alert(''))).toMatchObject({ warning: null });
  });

  it('in several languages is told in Chinese, else in English, else in the first', () => {
    const say = (language: string, event: string): string =>
      info(here, `<language>${language}</language>`).replace('Cold Wave', event);
    const event = (...infos: string[]): unknown => {
      const message = read(alert(infos.join('')));
      return message.kind === 'message' ? message.warning?.event : message;
    };
    expect(event(say('en-US', 'Cold'), say('zh-CN', '寒潮'), say('fr-FR', 'Froid'))).toBe('寒潮');
    expect(event(say('fr-FR', 'Froid'), say('en-CA', 'Cold'))).toBe('Cold');
    expect(event(say('fr-FR', 'Froid'), say('de-DE', 'Kälte'))).toBe('Froid');
  });

  it('of several blocks tells the severest that concerns the city', () => {
    const far = area('<circle>31.2,121.5 30</circle>');
    const blocks = [
      info(far).replace('Severe', 'Extreme'),
      info().replace('Severe', 'Minor'),
      info().replace('Severe', 'Moderate'),
    ];
    expect(read(alert(blocks.join('')))).toMatchObject({ warning: { severity: 'Moderate' } });
    expect(read(alert(blocks[0]!))).toMatchObject({ warning: null });
  });

  it('whose area is only named or can’t be read is counted in, and says so', () => {
    const codes = area('<geocode><valueName>UGC</valueName><value>MTZ014</value></geocode>');
    for (const unplaced of [codes, area('<polygon>1,2 3,x 5,6</polygon>'), ''])
      expect(read(alert(info(unplaced)))).toMatchObject({ warning: { placed: false } });
    expect(read(alert(info(codes + area('<circle>0,0 1</circle>'))))).toMatchObject({
      warning: { placed: false },
    });
  });

  it('with entities of XML and by number is read, and markup in it stays text', () => {
    const marked = info().replace('Cold Wave', '&#x5bd2;&#28526; &lt;b&gt;A&amp;B&lt;/b&gt;');
    expect(read(alert(marked))).toMatchObject({ warning: { event: '寒潮 <b>A&B</b>' } });
  });

  it('packed into an entry as text is found', () => {
    const packed = alert(info()).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    const feed = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><content>${packed}</content></entry></feed>`;
    expect(came(feed, elsewhere, now)).toMatchObject({
      warnings: ['Cold Wave: Severe'],
      leftOut: 0,
    });
  });
});

describe('an answer that is no feed', () => {
  it.each([
    ['', 'empty'],
    ['<!doctype html><html></html>', 'html'],
    ['{"alerts": []}', 'xml'],
    ['<feed><entry></feed>', 'xml'],
    ['<note/>', 'root'],
    ['<alert><identifier>a</identifier></alert>', 'namespace'],
    [`<!DOCTYPE a [<!ENTITY b "${'c'.repeat(99)}">]><alert>&b;</alert>`, 'doctype'],
    [`${'<a>'.repeat(500)}${'</a>'.repeat(500)}`, 'xml'],
    ['<feed><__proto__>x</__proto__></feed>', 'xml'],
    ['<feed><!-- never closed</feed>', 'xml'],
    ['<feed><!-- <!DOCTYPE a> --><![CDATA[<!ENTITY]]><entry a=">"/></feed>', null],
  ])('such as %j says where it is wrong', (text, fault) => {
    expect(came(text)).toEqual(fault === null ? { ...nothing, leftOut: 1 } : { fault });
  });

  it.each([
    ['comments that never end', `<a>${'<!--'.repeat(200_000)}`],
    ['sections that never end', `<a>${'<![CDATA['.repeat(200_000)}`],
    [
      'an element of nothing but attributes',
      `<a ${Array.from({ length: 200_000 }, (_, index) => `b${index}=">"`).join(' ')}/>`,
    ],
  ])('made of %s is refused at once, not searched for hours', (_what, text) => {
    const began = performance.now();
    expect(came(text)).toEqual({ fault: 'xml' });
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
