import { describe, expect, it } from 'vitest';
import { supplyItems } from '../../shared/dispatch/schema.ts';
import { findFaults } from '../../shared/sightings/rules.ts';
import { sightingDraftSchema } from '../../shared/sightings/schema.ts';
import { dice } from './dice.ts';
import { findingAgain, findingsAt, outcomeFor } from './outcomes.ts';
import { pickPlace, reportOf, settleSpot } from './people.ts';
import type { KeyPlace } from './people.ts';
import { metersBetween } from './plane.ts';

const shareOf = (times: number, happened: () => boolean): number =>
  Array.from({ length: times }, happened).filter(Boolean).length / times;

describe('what a team finds', () => {
  it('is nobody in 36 of 100 places that only the public reported', () => {
    const random = dice('tips');
    const place = { headcount: 1, flags: [], reportsByKind: { public: 2 } };
    expect(shareOf(4000, () => findingsAt(random, place)[0]!.outcome === 'not_found')).toBeCloseTo(
      0.36,
      1,
    );
  });

  it('is help where they are for most, as in the notices: about 16 of 19', () => {
    const random = dice('street');
    const share = shareOf(4000, () =>
      ['aided_on_street', 'refused'].includes(outcomeFor(random, [])),
    );
    expect(share).toBeGreaterThan(0.8);
    expect(share).toBeLessThan(0.9);
  });

  it('is the hospital for somebody who does not react', () => {
    const random = dice('unresponsive');
    for (let time = 0; time < 50; time++)
      expect(outcomeFor(random, ['unresponsive'])).toBe('hospital');
  });

  it('is one finding per person, with items that can be handed over', () => {
    const random = dice('items');
    for (let time = 0; time < 300; time++) {
      const findings = findingsAt(random, {
        headcount: 3,
        flags: ['elderly'],
        reportsByKind: { courier: 1 },
      });
      expect([1, 3]).toContain(findings.length);
      for (const { items } of [...findings, findingAgain(random, ['elderly'])])
        for (const { item } of items) expect(supplyItems).toContain(item);
    }
  });
});

describe('what passers-by report', () => {
  const places: KeyPlace[] = (['bridge', 'station', 'park'] as const).map((kind, index) => ({
    kind,
    name: { zh: '长桥', en: 'Long Bridge' },
    position: { lon: 116.4 + index / 100, lat: 39.9 },
  }));

  it('is a draft the server takes, near the people it is about', () => {
    const random = dice(7);
    const now = new Date().toISOString();
    for (let time = 0; time < 300; time++) {
      const spot = settleSpot(random, pickPlace(random, places));
      const draft = reportOf(random, spot, {
        language: time % 2 ? 'zh' : 'en',
        seenAt: now,
        public: time % 3 === 0,
      });
      expect(sightingDraftSchema.parse(draft)).toEqual(draft);
      expect(findFaults(draft, now)).toEqual([]);
      expect(metersBetween(draft.position, spot.position)).toBeLessThan(120);
    }
  });

  it('is the same night for the same seed', () => {
    const night = (seed: number) => {
      const random = dice(seed);
      return Array.from({ length: 20 }, () => settleSpot(random, pickPlace(random, places)));
    };
    expect(night(5)).toEqual(night(5));
    expect(night(5)).not.toEqual(night(6));
  });
});

describe('dice', () => {
  it('wait as long as they should on average, and spread evenly', () => {
    const random = dice('even');
    const waits = Array.from({ length: 5000 }, () => random.waiting(20));
    expect(waits.reduce((sum, wait) => sum + wait, 0) / waits.length).toBeCloseTo(20, -0.5);
    expect(shareOf(5000, () => random.next() < 0.25)).toBeCloseTo(0.25, 1);
    expect(() => random.pick([])).toThrow(RangeError);
  });
});
