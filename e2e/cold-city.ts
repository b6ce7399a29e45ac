/** What journeys through a cold night look up: a place by itself, the published alerts, what a tablet keeps. */
import { expect } from '@playwright/test';
import { pointInPolygon } from '../shared/geo/point-in-polygon.ts';
import type { Position } from '../shared/geo/position.ts';
import type { KeyPointView } from '../shared/key-points/schema.ts';
import type { Snapshot } from '../shared/realtime/events.ts';

/** With a name, in no drawn area, and with nobody reported within some hundred metres. */
export function findLonelyKeyPoint({ keyPoints, clusters, zones }: Snapshot): KeyPointView {
  const far = (a: Position, b: Position) =>
    Math.abs(a.lon - b.lon) > 0.008 || Math.abs(a.lat - b.lat) > 0.006;
  const isLonely = (point: KeyPointView) =>
    clusters.every((cluster) => far(point, cluster)) &&
    keyPoints.every((other) => other === point || far(point, other)) &&
    zones.every((zone) => !pointInPolygon(point, zone.boundary));
  const found = keyPoints.find(isLonely);
  expect(found, 'a key point by itself').toBeDefined();
  return found!;
}

/** What machines are told: the feed of the city, and its newest message. */
export async function readAlerts(
  url: string,
  cityId: string,
): Promise<{ feed: string; newest: string }> {
  const feed = await (await fetch(`${url}/cap/${cityId}/feed.atom`)).text();
  const [, href = ''] = /href="([^"]+\.xml)"/.exec(feed) ?? [];
  const newest = href === '' ? '' : await (await fetch(`${url}/cap/${cityId}/${href}`)).text();
  return { feed, newest };
}

/** In the page: the worker has the parts of the screen, and the device the city with its field of cells. */
export async function isKept(): Promise<boolean> {
  const kept = await caches.open('nuanxun-parts');
  const files = (await kept.keys()).map(({ url }) => url);
  const parts = ['maplibre-gl-worker', 'patrol-screen', 'live-room'];
  if (!parts.every((name) => files.some((url) => url.includes(name)))) return false;
  return new Promise((resolve) => {
    const opening = indexedDB.open('nuanxun-city');
    opening.onerror = () => resolve(false);
    opening.onsuccess = () => {
      const db = opening.result;
      const keys = db.transaction('kept').objectStore('kept').getAllKeys();
      keys.onsuccess = () => {
        const names = keys.result.map(String);
        resolve(['city ', 'field '].every((start) => names.some((key) => key.startsWith(start))));
        db.close();
      };
    };
  });
}
