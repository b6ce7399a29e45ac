/** What journeys through a cold night look up: a place by itself, and the published alerts. */
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
