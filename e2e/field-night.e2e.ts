/** A short night of the kind that `npm run chaos` plays twenty of: see docs/chaos.md. */
import { expect, test } from '@playwright/test';
import { launchOptions } from './chaos/browser.ts';
import { faultsOf, playNight } from './chaos/night.ts';
import { planNight } from './chaos/plan.ts';
import type { Plan, Trouble } from './chaos/plan.ts';
import { Town } from './chaos/town.ts';

const troubles: Trouble[] = [
  'loseAnswer',
  'kill',
  'cut',
  'kill',
  'join',
  'offline',
  'kill',
  'join',
];

test.use({ launchOptions });

/** Short as it is, everything happens in it once at least. */
function shortNight(): Plan {
  const plan = planNight(3, { tablets: 2, acts: 24 });
  const beats = plan.beats.map((list) =>
    list.map((beat, index) => ({ ...beat, trouble: troubles[index - 1] ?? null })),
  );
  return { ...plan, beats, deaths: [{ atAct: 10, forMs: 500 }] };
}

test('pages, lines and the server die through a short night: each action counts once, each screen is right', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const town = await Town.found();
  test.skip(town === null, 'needs an installed PostgreSQL with PostGIS');
  if (town === null) return;
  try {
    const verdict = await playNight(browser, town, shortNight());
    expect(faultsOf(verdict), verdict.log.join('\n')).toEqual([]);
    expect(verdict.acts).toBeGreaterThanOrEqual(24);
    expect(verdict.deaths).toBe(1);
    expect(verdict.kills).toBeGreaterThan(0);
    expect(verdict.cuts).toBeGreaterThan(0);
  } finally {
    await town.stop();
  }
});
