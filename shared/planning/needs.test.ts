import { describe, expect, it } from 'vitest';
import { likelyNeeds } from './needs.ts';
import { jobWeight } from './weight.ts';

const facts = { flags: [], needs: [], headcount: 1, feltCelsius: -12 } as const;

describe('what a place likely needs', () => {
  it('is no bed for somebody who may stay outside, but things against the cold', () => {
    expect(likelyNeeds(facts)).toMatchObject({
      beds: null,
      skills: [],
      items: { quilt: 1, heat_pack: 1, hot_water: 1, contact_card: 1 },
    });
    expect(likelyNeeds({ ...facts, feltCelsius: 2 }).items).not.toHaveProperty('quilt');
  });

  it('is a bed that fits for who has to be escorted, and a seat for a wheelchair', () => {
    expect(likelyNeeds({ ...facts, flags: ['minor'], headcount: 2 }).beds).toEqual({
      kinds: ['minors', 'family', 'general'],
      places: 2,
    });
    expect(likelyNeeds({ ...facts, flags: ['with_infant', 'minor'] }).beds!.kinds[0]).toBe(
      'family',
    );
    expect(likelyNeeds({ ...facts, flags: ['limited_mobility'] })).toMatchObject({
      wheelchair: true,
      beds: { kinds: ['wheelchair', 'general', 'men', 'women'] },
    });
  });

  it('is treatment before aid for the ill, the injured and the unresponsive', () => {
    for (const flag of ['ill', 'injured', 'unresponsive'] as const)
      expect(likelyNeeds({ ...facts, flags: [flag, 'elderly'] })).toMatchObject({
        beds: null,
        wheelchair: false,
        skills: ['medical'],
      });
    expect(likelyNeeds({ ...facts, needs: ['ambulance'] }).skills).toEqual(['medical']);
  });

  it('is what was asked for, once for everybody', () => {
    const asked = likelyNeeds({ ...facts, needs: ['medicine', 'shelter'], headcount: 3 });
    expect(asked.items.medicine).toBe(3);
    expect(asked.beds).toEqual({ kinds: ['general', 'men', 'women', 'family'], places: 3 });
    expect(asked.serviceMinutes).toBeGreaterThan(likelyNeeds(facts).serviceMinutes);
  });
});

describe('what a minute outside weighs', () => {
  it('grows from 1 to 10 with the score, and doubles with twenty degrees of felt cold', () => {
    expect(jobWeight(0, null)).toBe(1);
    expect(jobWeight(100, 5)).toBe(10);
    expect(jobWeight(0, -20)).toBe(2);
    expect(jobWeight(50, 0)).toBeLessThan(jobWeight(60, 0));
    expect(jobWeight(50, -30)).toBeGreaterThan(jobWeight(50, -10));
  });
});
