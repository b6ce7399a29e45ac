/** What a team finds, in the proportions that public notices report. */
import { hospitalFirst, metNobody, mustBeEscorted } from '../../shared/dispatch/rules.ts';
import type { Outcome } from '../../shared/dispatch/schema.ts';
import type { Need, ReporterKind, VulnerableFlag } from '../../shared/sightings/schema.ts';
import type { Dice } from './dice.ts';

export interface Finding {
  outcome: Outcome;
  flags: VulnerableFlag[];
  items: { item: Need; quantity: number }[];
}

/** England's public-tip service could not find the person in 36 % of referrals; those who work outside look closer. */
const notFoundForTips = 0.36;
const notFoundForReporters = 0.12;
const leftMeanwhile = 0.05;

export const chanceOfNobody = (reportsByKind: Partial<Record<ReporterKind, number>>): number => {
  const kinds = Object.keys(reportsByKind);
  const tipsOnly = kinds.length > 0 && kinds.every((kind) => kind === 'public');
  return tipsOnly ? notFoundForTips : notFoundForReporters;
};

/** One finding per person at a place, or a single one when nobody is there. */
export function findingsAt(
  dice: Dice,
  place: {
    headcount: number;
    flags: readonly VulnerableFlag[];
    reportsByKind: Partial<Record<ReporterKind, number>>;
  },
): Finding[] {
  if (dice.chance(chanceOfNobody(place.reportsByKind))) return [nobody('not_found')];
  if (dice.chance(leftMeanwhile)) return [nobody('already_left')];
  const people = Math.max(1, Math.min(4, place.headcount));
  return Array.from({ length: people }, (_, index) => {
    // What was reported of the place is true of one of its people.
    const flags = index === 0 ? place.flags.filter((flag) => flag !== 'alone' || people === 1) : [];
    const outcome = outcomeFor(dice, flags);
    return { outcome, flags: [...flags], items: itemsFor(dice, outcome, flags) };
  });
}

/** Who is visited again has often moved on or made up their mind by then. */
export function findingAgain(dice: Dice, flags: readonly VulnerableFlag[]): Finding {
  const again: Outcome = dice.weighted([
    ['already_left', 0.4],
    ['escorted', mustBeEscorted(flags) ? 0.5 : 0.25],
    ['aided_on_street', 0.3],
    ['refused', 0.05],
  ]);
  return {
    outcome: again,
    flags: metNobody(again) ? [] : [...flags],
    items: itemsFor(dice, again, flags),
  };
}

const nobody = (outcome: 'not_found' | 'already_left'): Finding => ({
  outcome,
  flags: [],
  items: [],
});

/** Beijing, one night at −13 °C: of 19 people 3 came in and 16 were helped where they stayed. */
export function outcomeFor(dice: Dice, flags: readonly VulnerableFlag[]): Outcome {
  if (flags.includes('unresponsive')) return 'hospital';
  if (hospitalFirst(flags) && dice.chance(0.6)) return 'hospital';
  if (mustBeEscorted(flags) && dice.chance(0.55)) return 'escorted';
  return dice.weighted<Outcome>([
    ['aided_on_street', 14],
    ['escorted', 2.6],
    ['refused', 2.2],
    ['police', 0.2],
  ]);
}

function itemsFor(
  dice: Dice,
  outcome: Outcome,
  flags: readonly VulnerableFlag[],
): Finding['items'] {
  if (outcome === 'refused') return [{ item: 'contact_card', quantity: 1 }];
  if (outcome !== 'aided_on_street') return [];
  const items: Need[] = ['contact_card', dice.pick(['hot_water', 'food'])];
  if (flags.includes('thinly_dressed') || dice.chance(0.4)) items.push('coat');
  if (dice.chance(0.35)) items.push('quilt');
  if (dice.chance(0.3)) items.push('heat_pack');
  return items.map((item) => ({ item, quantity: item === 'heat_pack' ? dice.whole(2, 6) : 1 }));
}
