import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../testing/database.ts';
import { capFaults, hasCapSchema, xmlFaults } from '../testing/cap-schema.ts';
import { contextOf, seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { serve } from '../testing/serve.ts';
import type { Served } from '../testing/serve.ts';
import { tellWeather } from '../testing/weather.ts';
import { saveSource, tryNow } from '../weather/actions.ts';
import { readWeatherView } from '../weather/queries.ts';
import { declareNight, endNight, readSettings, saveSettings } from './actions.ts';
import { renewAlert } from './cap-publish.ts';
import { findExpiring } from './cap-queries.ts';
import { renewAheadMinutes } from './cap-times.ts';
import { judgeCity } from './judging.ts';
import { readOpenProposalView } from './queries.ts';

const test = testDatabase();
let served: Served;
beforeAll(async () => {
  served = await serve(test.db);
});
afterAll(() => served.close());

const orange = {
  level: 'orange',
  temperatureCelsius: -13,
  windKmh: 20,
  note: '只给值班 <&>',
} as const;
const get = (path: string, init?: RequestInit) => fetch(`${served.baseUrl}${path}`, init);
const said = (xml: string, name: string): string =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? '';
/** As anybody can read them, the first one first. */
async function publishedOf({ cityId }: SeededCity): Promise<string[]> {
  const feed = await (await get(`/cap/${cityId}/feed.atom`)).text();
  const links = [...feed.matchAll(/type="application\/cap\+xml" href="([^"]+)"/g)];
  const texts = links.map(([, href]) => get(`/cap/${cityId}/${href!}`).then((one) => one.text()));
  return (await Promise.all(texts)).toReversed();
}
const referenceTo = (xml: string): string =>
  ['sender', 'identifier', 'sent'].map((name) => said(xml, name)).join();

describe('a declared night', () => {
  it('is told, told anew and taken back, each message with all before it', async () => {
    const city = await seedCity(test.sql);
    const { dispatcher } = city.people;
    await declareNight(test.db, dispatcher, orange);
    await declareNight(test.db, dispatcher, { ...orange, level: 'red' });
    await declareNight(test.db, dispatcher, { ...orange, level: 'yellow' });
    await endNight(test.db, dispatcher);
    await declareNight(test.db, dispatcher, orange);
    const all = await publishedOf(city);
    expect(all.map((xml) => [said(xml, 'msgType'), said(xml, 'severity')])).toEqual([
      ['Alert', 'Severe'],
      ['Update', 'Extreme'],
      ['Update', 'Moderate'],
      ['Cancel', 'Moderate'],
      ['Alert', 'Severe'],
    ]);
    for (const [i, xml] of all.slice(0, 4).entries())
      expect(said(xml, 'references')).toBe(all.slice(0, i).map(referenceTo).join(' '));
    expect(said(all[4]!, 'references')).toBe('');
    expect(new Set(all.map((xml) => said(xml, 'identifier'))).size).toBe(5);
    for (const xml of all) {
      expect(said(xml, 'status')).toBe('Actual');
      expect(xml).not.toContain('只给值班');
      expect(said(xml, 'sent')).toMatch(/\+08:00$/);
      expect(Date.parse(said(xml, 'expires'))).toBeGreaterThan(Date.parse(said(xml, 'sent')));
      expect(said(xml, 'polygon').split(' ')).toHaveLength(5);
      expect(said(xml, 'polygon')).toMatch(/^39\.6,116\.1 /);
    }
    if (hasCapSchema) expect(await capFaults(all)).toEqual([]);
  });

  it('of a drill is an exercise, which the night after it has nothing to do with', async () => {
    const city = await seedCity(test.sql);
    await declareNight(test.db, city.people.dispatcher, { ...orange, drill: true });
    await declareNight(test.db, city.people.dispatcher, orange);
    const all = await publishedOf(city);
    const kinds = all.map((xml) => `${said(xml, 'status')} ${said(xml, 'msgType')}`).sort();
    expect(kinds).toEqual(['Actual Alert', 'Exercise Alert', 'Exercise Cancel']);
    if (hasCapSchema) expect(await capFaults(all)).toEqual([]);
  });

  it('by a rule is told the same way, with the hours to come', async () => {
    const city = await seedCity(test.sql);
    const settings = await readSettings(test.db, city.people.administrator);
    await saveSettings(test.db, city.people.administrator, {
      ...settings,
      automatic: 'all',
      capSender: 'cold@nuanhe.example',
      webAddress: 'https://nuanhe.example/a?b=1&c=2',
    });
    await tellWeather(test.db, city.people.dispatcher, 'orange');
    await judgeCity(test.db, city.cityId);
    expect(await readOpenProposalView(test.sql, city.cityId)).toBeNull();
    const [xml] = await publishedOf(city);
    expect(said(xml!, 'sender')).toBe('cold@nuanhe.example');
    expect(said(xml!, 'web')).toBe('https://nuanhe.example/a?b=1&amp;c=2');
    expect(['Immediate', 'Expected', 'Future']).toContain(said(xml!, 'urgency'));
    if (hasCapSchema) expect(await capFaults([xml!])).toEqual([]);
  });

  it('is told anew when the public’s text changes, and no other change of effects', async () => {
    const city = await seedCity(test.sql);
    const { administrator, dispatcher } = city.people;
    await declareNight(test.db, dispatcher, orange);
    const settings = await readSettings(test.db, administrator);
    const save = (said: object) =>
      saveSettings(test.db, administrator, {
        ...settings,
        effects: { ...settings.effects, orange: { ...settings.effects.orange, ...said } },
      });
    await save({ weightFactor: 4 });
    expect(await publishedOf(city)).toHaveLength(1);
    await save({ weightFactor: 4, publicZh: '请到 <体育馆> & "学校"' });
    const [, update] = await publishedOf(city);
    expect(said(update!, 'instruction')).toContain('请到 &lt;体育馆&gt; &amp; &quot;学校&quot;');
  });

  it('is renewed before its alert expires, once, for as long as it goes on', async () => {
    const city = await seedCity(test.sql);
    const { cityId } = city;
    const due = () => findExpiring(test.sql, cityId, renewAheadMinutes);
    await declareNight(test.db, city.people.dispatcher, orange);
    expect(await due()).toEqual([]);
    await renewAlert(test.db, cityId);
    expect(await publishedOf(city)).toHaveLength(1);
    await test.sql`update cap_messages set expires_at = now() + interval '10 minutes' where city_id = ${cityId}`;
    expect(await due()).toEqual([{ cityId }]);
    const elsewhere = await test.db.another();
    await Promise.all([renewAlert(test.db, cityId), renewAlert(elsewhere, cityId)]);
    expect(await due()).toEqual([]);
    const all = await publishedOf(city);
    expect(all.map((xml) => said(xml, 'msgType'))).toEqual(['Alert', 'Update']);
    await endNight(test.db, city.people.dispatcher);
    await test.sql`update cap_messages set expires_at = now() where city_id = ${cityId}`;
    expect(await due()).toEqual([]);
  });
});

describe('the published alerts', () => {
  it('are for everybody’s programs, and kept by caches: a message for long, the list for a minute', async () => {
    const city = await seedCity(test.sql);
    const path = `/cap/${city.cityId}/feed.atom`;
    const empty = await get(path, { headers: { origin: 'https://elsewhere.example' } });
    expect(empty.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    expect(empty.headers.get('access-control-allow-origin')).toBe('*');
    expect(empty.headers.get('cache-control')).toBe('public, max-age=60');
    expect(await xmlFaults([await empty.text()])).toEqual([]);
    await declareNight(test.db, city.people.dispatcher, orange);
    const feed = await get(path);
    const etag = feed.headers.get('etag')!;
    expect(etag).not.toBe(empty.headers.get('etag'));
    const text = await feed.text();
    expect(await xmlFaults([text])).toEqual([]);
    expect(text).not.toContain('只给值班');
    const again = await get(path, { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const message = `/cap/${city.cityId}/${/href="([^"]+\.xml)"/.exec(text)![1]!}`;
    const head = await get(message, { method: 'HEAD' });
    expect(head.headers.get('content-type')).toBe('application/cap+xml; charset=utf-8');
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('know no other address, and nobody can change them', async () => {
    const city = await seedCity(test.sql);
    for (const path of [
      '/cap',
      '/cap/nowhere/feed.atom',
      `/cap/${city.cityId}/no.xml`,
      '/cap/a/b/c',
    ])
      expect((await get(path)).status, path).toBe(404);
    expect((await get(`/cap/${city.cityId}/feed.atom`, { method: 'POST' })).status).toBe(405);
  });
});

describe('what is published', () => {
  it('is understood by a neighbour who follows it as a source of warnings, until it is taken back', async () => {
    const city = await seedCity(test.sql);
    const neighbour = (await seedCity(test.sql)).people.administrator;
    const id = uuidv7();
    await saveSource(test.db, neighbour, {
      id,
      kind: 'cap_feed',
      name: '邻市',
      address: `${served.baseUrl}/cap/${city.cityId}/feed.atom`,
      key: null,
      enabled: true,
      places: [],
      grid: false,
    });
    const warnings = async () => {
      await tryNow(contextOf(test.db, neighbour), neighbour, { id });
      return (await readWeatherView(test.sql, neighbour.cityId)).warnings;
    };
    const untilAt = new Date(Date.now() + 36_000_000).toISOString();
    await declareNight(test.db, city.people.dispatcher, { ...orange, drill: true });
    expect(await warnings()).toEqual([]);
    await declareNight(test.db, city.people.dispatcher, { ...orange, untilAt });
    // It is a decision about a night and no word about the weather: no rule goes by it, lest one night calls the next.
    expect(await warnings()).toMatchObject([
      { severity: 'Severe', cold: false, placed: true, sender: '暖河', event: '寒夜橙色响应' },
    ]);
    await declareNight(test.db, city.people.dispatcher, { ...orange, level: 'red', untilAt });
    const raised = await warnings();
    expect(raised).toMatchObject([{ severity: 'Extreme', event: '寒夜红色响应' }]);
    expect(Math.abs(Date.parse(raised[0]!.untilAt) - Date.parse(untilAt))).toBeLessThan(1_000);
    await endNight(test.db, city.people.dispatcher);
    expect(await warnings()).toEqual([]);
  });
});
