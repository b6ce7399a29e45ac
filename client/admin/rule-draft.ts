/** One rule as it is typed: numbers may be half written; each kind of condition has its own. Pure. */
import type { ResponseRule, RuleCondition } from '../../shared/response/settings.ts';

type Typed = number | string | null;
export type ConditionKind = RuleCondition['kind'];
export const conditionKinds = [
  'felt_below',
  'air_below',
  'wet',
  'cold_wave',
  'warning',
] as const satisfies ConditionKind[];

export interface RuleDraft {
  level: ResponseRule['level'];
  condition: { kind: ConditionKind } & Record<string, Typed>;
}

/** What a kind begins with; nothing of another kind is kept, so that no number is read as another's. */
export const beginOf: Record<ConditionKind, RuleDraft['condition']> = {
  felt_below: { kind: 'felt_below', celsius: -10, hours: 3 },
  air_below: { kind: 'air_below', celsius: -5, hours: 3 },
  wet: { kind: 'wet', celsius: 3, hours: 1 },
  cold_wave: {
    kind: 'cold_wave',
    windowHours: 24,
    fallCelsius: 10,
    minimumCelsius: 4,
    beaufort: null,
  },
  warning: { kind: 'warning', severity: 'Moderate' },
};

/** The numbers of a kind, with their bounds; `beaufort` may stay empty. */
export const numbersOf: Record<ConditionKind, readonly (readonly [string, number, number])[]> = {
  felt_below: [
    ['celsius', -80, 50],
    ['hours', 1, 24],
  ],
  air_below: [
    ['celsius', -80, 50],
    ['hours', 1, 24],
  ],
  wet: [
    ['celsius', -80, 50],
    ['hours', 1, 24],
  ],
  cold_wave: [
    ['fallCelsius', 1, 40],
    ['minimumCelsius', -80, 50],
    ['beaufort', 1, 12],
  ],
  warning: [],
};

export const ruleInput = ({ level, condition }: RuleDraft) => ({
  level,
  condition: Object.fromEntries(
    Object.entries(condition).map(([key, value]) => [
      key,
      key === 'beaufort' && value === '' ? null : value,
    ]),
  ),
});
