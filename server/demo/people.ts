/** Who is outside tonight, and what passers-by report of them. Places and people are made up from the seed. */
import { v7 as uuidv7 } from 'uuid';
import type { KeyPointKind } from '../../shared/basemap/schema.ts';
import type { Position } from '../../shared/geo/position.ts';
import type { Need, SightingDraft, VulnerableFlag } from '../../shared/sightings/schema.ts';
import type { Dice } from './dice.ts';
import { sightingNote } from './phrases.ts';
import type { NoteLanguage } from './phrases.ts';
import { offsetBy } from './plane.ts';

export interface KeyPlace {
  kind: KeyPointKind;
  name: { zh: string; en: string };
  position: Position;
  /** of the map it comes from; made-up ones have none */
  osmId?: string;
}

/** One or a few people who stay at a place. */
export interface Spot {
  kind: KeyPointKind;
  placeName: { zh: string; en: string };
  position: Position;
  headcount: number;
  flags: VulnerableFlag[];
}

const visits: readonly (readonly [KeyPointKind, number])[] = [
  ['bridge', 26],
  ['underpass', 22],
  ['station', 18],
  ['cash_machine', 12],
  ['park', 14],
  ['hospital', 8],
];

const traits: readonly (readonly [VulnerableFlag, number])[] = [
  ['elderly', 0.22],
  ['thinly_dressed', 0.25],
  ['ill', 0.08],
  ['limited_mobility', 0.08],
  ['drunk', 0.08],
  ['mental_disorder', 0.06],
  ['injured', 0.05],
  ['disabled', 0.04],
  ['minor', 0.03],
  ['pregnant', 0.01],
  ['unresponsive', 0.015],
];

/** A key place of a kind that people look for shelter at; any place when the city has none of that kind. */
export function pickPlace(dice: Dice, places: readonly KeyPlace[]): KeyPlace {
  const kind = dice.weighted(visits);
  const ofKind = places.filter((place) => place.kind === kind);
  return dice.pick(ofKind.length > 0 ? ofKind : places);
}

export function settleSpot(dice: Dice, place: KeyPlace): Spot {
  const headcount = dice.weighted([
    [1, 0.72],
    [2, 0.18],
    [3, 0.07],
    [5, 0.03],
  ]);
  const flags = traits.filter(([, share]) => dice.chance(share)).map(([flag]) => flag);
  if (headcount === 1 && dice.chance(0.5)) flags.push('alone');
  return {
    kind: place.kind,
    placeName: place.name,
    position: offsetBy(place.position, dice.gaussian(12), dice.gaussian(12)),
    headcount,
    flags,
  };
}

/** Not everyone sees everything: what one passer-by notices of a spot, where their phone believes it is. */
export function reportOf(
  dice: Dice,
  spot: Spot,
  options: { language: NoteLanguage; seenAt: string; public: boolean },
): SightingDraft {
  const accuracyMeters = Math.round(dice.between(6, 38));
  const sigma = Math.min(20, accuracyMeters / 2);
  const flags = spot.flags.filter((flag) => flag === 'unresponsive' || dice.chance(0.7));
  const miscount = spot.headcount > 1 && dice.chance(0.3) ? dice.pick([-1, 1]) : 0;
  const needs: Need[] = [];
  if (flags.includes('thinly_dressed')) needs.push('coat');
  if (flags.includes('unresponsive') || flags.includes('injured')) needs.push('ambulance');
  if (dice.chance(0.35)) needs.push(dice.pick(['quilt', 'hot_water', 'food', 'shelter']));
  const named = options.language === 'zh' ? spot.placeName.zh : spot.placeName.en;
  return {
    id: uuidv7(),
    position: offsetBy(spot.position, dice.gaussian(sigma), dice.gaussian(sigma)),
    system: 'wgs84',
    accuracyMeters,
    positionSource: options.public && dice.chance(0.4) ? 'map' : 'gps',
    addressText: named && dice.chance(0.6) ? named : '',
    seenAt: options.seenAt,
    headcount: spot.headcount + miscount,
    flags,
    needs: [...new Set(needs)],
    note: sightingNote(dice, options.language, spot.kind, flags),
    contactPhone: '',
  };
}
