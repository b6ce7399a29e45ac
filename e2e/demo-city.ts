/** The demo city as a journey needs it: a place where the night before left nobody, and calls that have to succeed. */
import { expect } from '@playwright/test';
import type { APIRequestContext } from '@playwright/test';
import type { CityView } from '../shared/cities/schema.ts';
import type { Place } from './people.ts';

export async function findQuietPlace(url: string): Promise<{ cityId: string; bridge: Place }> {
  const answer = await fetch(`${url}/api/cities.list`);
  const { result } = (await answer.json()) as { result: { data: CityView[] } };
  const { id, center, bounds } = result.data[0]!;
  // towards the edge of the city
  const longitude = center.lon - (center.lon - bounds[0]) * 0.9;
  return { cityId: id, bridge: { longitude, latitude: center.lat } };
}

export async function must(
  request: APIRequestContext,
  procedure: string,
  data: object,
): Promise<void> {
  const answer = await request.post(`/api/${procedure}`, { data });
  expect(answer.ok(), `${procedure}: ${await answer.text()}`).toBe(true);
}
