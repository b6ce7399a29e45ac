import { describe, expect, it } from 'vitest';
import { needs, vulnerableFlags } from './schema.ts';
import { nextStateStep, stateChoices, stateQuestions, withoutLastAnswer } from './state-wizard.ts';
import type { StateAnswers, StateEnd, StateQuestion } from './state-wizard.ts';

interface Way {
  answers: StateAnswers;
  asked: StateQuestion[];
  end: StateEnd;
}
/** Every way through, tap by tap. */
function walk(answers: StateAnswers = {}, asked: StateQuestion[] = []): Way[] {
  const step = nextStateStep(answers);
  if (step.end !== null) return [{ answers, asked, end: step.end }];
  const { ask } = step;
  return stateChoices[ask].flatMap((choice) =>
    walk({ ...answers, [ask]: choice }, [...asked, ask]),
  );
}
const ways = walk();
const endOf = (answers: StateAnswers) => nextStateStep(answers).end;

describe('the state of a person', () => {
  it('is known after at most four taps, whatever is answered, and no question comes twice', () => {
    expect(ways).toHaveLength(8);
    for (const { asked } of ways) {
      expect(asked.length).toBeLessThanOrEqual(4);
      expect(new Set(asked).size).toBe(asked.length);
    }
  });

  it('is an emergency after one tap when the person does not respond', () => {
    const end = endOf({ responds: 'no' });
    expect(end).toMatchObject({ level: 'call', stage: 'III', flags: ['unresponsive'] });
    expect(end!.needs).toContain('ambulance');
  });

  it('is an emergency after two taps when shivering has stopped, however clear the person is', () => {
    for (const clear of stateChoices.clear)
      for (const exposed of stateChoices.exposed)
        expect(endOf({ responds: 'yes', shivering: 'stopped', clear, exposed })).toMatchObject({
          level: 'call',
          stage: 'II',
          signs: ['shivering_stopped'],
        });
  });

  it('takes confusion without shivering for shivering that has stopped', () => {
    expect(endOf({ responds: 'yes', shivering: 'never', clear: 'no' })).toMatchObject({
      level: 'call',
      stage: 'II',
    });
  });

  it('wants a hospital for somebody who shivers and is confused', () => {
    expect(endOf({ responds: 'yes', shivering: 'yes', clear: 'no' })).toMatchObject({
      level: 'hospital',
      flags: ['ill'],
    });
  });

  it('asks for warm and dry things for somebody awake who shivers or is exposed', () => {
    const awake = { responds: 'yes', clear: 'yes' } as const;
    expect(endOf({ ...awake, shivering: 'yes', exposed: 'yes' })).toEqual({
      level: 'cold',
      stage: 'I',
      signs: ['exposed', 'shivering'],
      flags: ['thinly_dressed'],
      needs: ['coat', 'quilt', 'heat_pack', 'hot_water'],
    });
    expect(endOf({ ...awake, shivering: 'never', exposed: 'yes' })).toMatchObject({
      level: 'cold',
      stage: null,
    });
    expect(endOf({ ...awake, shivering: 'never', exposed: 'no' })).toMatchObject({
      level: 'steady',
      needs: [],
      flags: [],
    });
  });

  it('never gets milder by a worse answer', () => {
    const weight = { steady: 0, cold: 1, hospital: 2, call: 3 };
    const worse = { responds: 'no', shivering: 'stopped', clear: 'no', exposed: 'yes' } as const;
    for (const { answers, asked, end } of ways)
      for (const question of asked) {
        const changed = { ...answers, [question]: worse[question] };
        for (const way of walk(changed))
          expect(weight[way.end.level]).toBeGreaterThanOrEqual(weight[end.level]);
      }
  });

  it('says only what a report can say', () => {
    for (const { end } of ways) {
      expect(vulnerableFlags).toEqual(expect.arrayContaining([...end.flags]));
      expect(needs).toEqual(expect.arrayContaining([...end.needs]));
    }
  });

  it('goes back one answer at a time to the first question', () => {
    for (const { answers, asked } of ways) {
      let left = answers;
      for (const question of asked.toReversed()) {
        left = withoutLastAnswer(left);
        expect(nextStateStep(left).ask).toBe(question);
      }
      expect(left).toEqual({});
      expect(withoutLastAnswer(left)).toEqual({});
    }
    expect(stateQuestions[0]).toBe('responds');
  });
});
