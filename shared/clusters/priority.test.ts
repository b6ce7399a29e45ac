import fc from 'fast-check';
import { expect, test } from 'vitest';
import { vulnerableFlags } from '../sightings/schema.ts';
import { prioritize } from './priority.ts';
import type { PriorityConditions, PriorityFacts } from './priority.ts';

const thresholds = [25, 50, 75] as const;
const start = Date.parse('2026-01-05T18:00:00.000Z');
const minutesLater = (minutes: number) => new Date(start + minutes * 60_000).toISOString();

const anyFlags = fc.subarray([...vulnerableFlags]);
const anyFacts: fc.Arbitrary<PriorityFacts> = fc.record({
  flags: anyFlags,
  reportCount: fc.integer({ min: 0, max: 50 }),
  headcountLikely: fc.integer({ min: 0, max: 200 }),
  firstSeenAt: fc.integer({ min: 0, max: 600 }).map(minutesLater),
  attendedAt: fc.option(fc.integer({ min: 0, max: 600 }).map(minutesLater)),
  notFoundCount: fc.integer({ min: 0, max: 5 }),
});
const anyFelt = fc.integer({ min: -70, max: 30 });
const anyMinute = fc.integer({ min: 0, max: 2000 });
const at = (feltCelsius: number | null, minutes: number): PriorityConditions => ({
  feltCelsius,
  now: minutesLater(minutes),
  thresholds,
});

test('a lone minor at −18 °C felt, reported three times and waiting 40 minutes is of the highest level, with its reasons in order of weight', () => {
  const facts: PriorityFacts = {
    flags: ['alone', 'minor'],
    reportCount: 3,
    headcountLikely: 1,
    firstSeenAt: minutesLater(0),
    attendedAt: null,
    notFoundCount: 0,
  };
  const priority = prioritize(facts, at(-18, 40));
  expect(priority.level).toBe(4);
  expect(priority.emergency).toBe(false);
  expect(priority.reasons.map(({ code }) => code)).toEqual([
    'flag',
    'felt',
    'reported',
    'flag',
    'unattended',
  ]);
  expect(priority.reasons[0]).toMatchObject({ flag: 'minor' });
  expect(priority.reasons.at(-1)).toMatchObject({ minutes: 40 });
});

test('the score stays between 0 and 100 and the reasons add up to it', () => {
  fc.assert(
    fc.property(anyFacts, fc.option(anyFelt), anyMinute, (facts, felt, minutes) => {
      const { score, reasons } = prioritize(facts, at(felt, minutes));
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(100);
      const sum = reasons.reduce((total, { points }) => total + points, 10);
      expect(score).toBe(Math.min(100, Math.max(0, Math.round(sum))));
    }),
  );
});

test('one more flag never lowers the score', () => {
  const flag = fc.constantFrom(...vulnerableFlags);
  fc.assert(
    fc.property(anyFacts, flag, anyFelt, anyMinute, (facts, more, felt, minutes) => {
      const before = prioritize(facts, at(felt, minutes));
      const after = prioritize({ ...facts, flags: [...facts.flags, more] }, at(felt, minutes));
      expect(after.score).toBeGreaterThanOrEqual(before.score);
      expect(after.level).toBeGreaterThanOrEqual(before.level);
    }),
  );
});

test('colder never lowers the score, and an undeclared night never raises it', () => {
  fc.assert(
    fc.property(anyFacts, anyFelt, fc.nat(40), anyMinute, (facts, felt, colder, minutes) => {
      const mild = prioritize(facts, at(felt, minutes)).score;
      expect(prioritize(facts, at(felt - colder, minutes)).score).toBeGreaterThanOrEqual(mild);
      expect(prioritize(facts, at(null, minutes)).score).toBeLessThanOrEqual(mild);
    }),
  );
});

test('longer unattended never lowers the score', () => {
  fc.assert(
    fc.property(anyFacts, anyFelt, anyMinute, fc.nat(600), (facts, felt, minutes, longer) => {
      const before = prioritize(facts, at(felt, minutes)).score;
      expect(prioritize(facts, at(felt, minutes + longer)).score).toBeGreaterThanOrEqual(before);
    }),
  );
});

test('a visit or an empty place never raises the score', () => {
  fc.assert(
    fc.property(anyFacts, anyFelt, anyMinute, (facts, felt, minutes) => {
      const before = prioritize({ ...facts, attendedAt: null }, at(felt, minutes)).score;
      const visited = { ...facts, attendedAt: minutesLater(minutes) };
      expect(prioritize(visited, at(felt, minutes)).score).toBeLessThanOrEqual(before);
      const empty = { ...visited, notFoundCount: visited.notFoundCount + 1 };
      expect(prioritize(empty, at(felt, minutes)).score).toBeLessThanOrEqual(before);
    }),
  );
});

test('somebody unresponsive is always of level 4, whatever else is known', () => {
  fc.assert(
    fc.property(anyFacts, fc.option(anyFelt), anyMinute, (facts, felt, minutes) => {
      const unresponsive = { ...facts, flags: [...facts.flags, 'unresponsive' as const] };
      expect(prioritize(unresponsive, at(felt, minutes))).toMatchObject({
        level: 4,
        emergency: true,
      });
    }),
  );
});
