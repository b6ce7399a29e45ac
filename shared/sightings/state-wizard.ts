/**
 * How cold somebody is, told by a passer-by in at most four taps, without touching them and without a thermometer.
 *
 * The order and the ends follow the Swiss staging of accidental hypothermia by what can be seen: I shivering and
 * conscious (35–32 °C), II consciousness impaired and no longer shivering (32–28 °C), III unconscious, IV no vital
 * signs. Sources: Durrer, Brugger, Syme (ICAR MEDCOM), High Alt Med Biol 2003;4:99–103; Musi et al., the Revised
 * Swiss System, Resuscitation 2021;162:182–187; the four signs of the "cold card" (consciousness, movement,
 * shivering, alertness) of the Wilderness Medical Society, Dow et al., Wilderness Environ Med 2019;30(4S):S47–S69.
 * That not responding and shivering that stopped come before everything is the rule of this service; where a sign
 * fits two stages the worse one is taken *(ours)*. It judges cold alone and replaces no physician.
 */
import type { Need, VulnerableFlag } from './schema.ts';

export const stateQuestions = ['responds', 'shivering', 'clear', 'exposed'] as const;
export type StateQuestion = (typeof stateQuestions)[number];
export const stateChoices = {
  /** to a voice, then to a touch on the shoulder */
  responds: ['yes', 'no'],
  shivering: ['yes', 'stopped', 'never'],
  /** speaks in whole sentences and moves without stumbling */
  clear: ['yes', 'no'],
  /** wet, thinly dressed, or lying on bare ground */
  exposed: ['yes', 'no'],
} as const satisfies Record<StateQuestion, readonly string[]>;
export type StateChoice<Q extends StateQuestion> = (typeof stateChoices)[Q][number];
export type StateAnswers = { [Q in StateQuestion]?: StateChoice<Q> };

/**
 * `call`: life in danger, 120 before anything else. `hospital`: impaired but still shivering, 120 when it can be had.
 * `cold`: losing warmth, needs dry and warm things now. `steady`: nothing that cannot wait for the team.
 */
export type StateLevel = 'call' | 'hospital' | 'cold' | 'steady';
/** What was seen, in the order of its weight; the screen puts it into words. */
export type StateSign =
  | 'unresponsive'
  | 'shivering_stopped'
  | 'confused_not_shivering'
  | 'confused'
  | 'exposed'
  | 'shivering';

export interface StateEnd {
  level: StateLevel;
  /** the Swiss stage it looks like; null where nothing points to hypothermia */
  stage: 'I' | 'II' | 'III' | null;
  signs: readonly StateSign[];
  /** what the report says of it */
  flags: readonly VulnerableFlag[];
  needs: readonly Need[];
}
export type StateStep = { ask: StateQuestion; end: null } | { ask: null; end: StateEnd };

/** The flag is what makes an emergency of it on every screen of the desk; the signs say which of the two it was. */
const emergency = (stage: 'II' | 'III', sign: StateSign): StateEnd => ({
  level: 'call',
  stage,
  signs: [sign],
  flags: ['unresponsive'],
  needs: ['ambulance'],
});

/** The next question, or what the answers come to. Answers to questions that are not reached count for nothing. */
export function nextStateStep(answers: StateAnswers): StateStep {
  const end = judge(answers);
  return typeof end === 'string' ? { ask: end, end: null } : { ask: null, end };
}

function judge({ responds, shivering, clear, exposed }: StateAnswers): StateQuestion | StateEnd {
  if (responds === undefined) return 'responds';
  if (responds === 'no') return emergency('III', 'unresponsive');
  if (shivering === undefined) return 'shivering';
  if (shivering === 'stopped') return emergency('II', 'shivering_stopped');
  if (clear === undefined) return 'clear';
  if (clear === 'no' && shivering === 'never') return emergency('II', 'confused_not_shivering');
  if (clear === 'no') {
    return {
      level: 'hospital',
      stage: 'II',
      signs: ['confused', 'shivering'],
      flags: ['ill'],
      needs: ['ambulance', 'quilt', 'heat_pack'],
    };
  }
  if (exposed === undefined) return 'exposed';
  return awake(shivering === 'yes', exposed === 'yes');
}

function awake(shivers: boolean, exposed: boolean): StateEnd {
  const signs: StateSign[] = [];
  if (exposed) signs.push('exposed');
  if (shivers) signs.push('shivering');
  return {
    level: signs.length > 0 ? 'cold' : 'steady',
    stage: shivers ? 'I' : null,
    signs,
    flags: exposed ? ['thinly_dressed'] : [],
    needs: [
      ...(exposed ? (['coat', 'quilt'] as const) : []),
      ...(shivers ? (['heat_pack', 'hot_water'] as const) : []),
    ],
  };
}

/** Without the last answer that counts; what a step back shows. */
export function withoutLastAnswer(answers: StateAnswers): StateAnswers {
  const given = stateQuestions.filter((question) => answers[question] !== undefined);
  const { [given.at(-1) ?? 'responds']: _last, ...rest } = answers;
  return rest;
}
