/** What a place likely needs before anybody has been there: the rules of the field, as far as reports go. */
import { hospitalFirst, mustBeEscorted } from '../dispatch/rules.ts';
import type { Skill } from '../patrols/skills.ts';
import type { Need, VulnerableFlag } from '../sightings/schema.ts';
import type { BedKind } from '../stations/schema.ts';
import type { SupplyItem } from '../supplies/schema.ts';
import { supplyItems } from '../supplies/schema.ts';

export interface ReportedFacts {
  flags: readonly VulnerableFlag[];
  needs: readonly Need[];
  headcount: number;
  feltCelsius: number | null;
}
export interface LikelyNeeds {
  items: Partial<Record<SupplyItem, number>>;
  beds: { kinds: BedKind[]; places: number } | null;
  wheelchair: boolean;
  skills: Skill[];
  serviceMinutes: number;
}

/** A quilt for everybody from here down: the lowest at which people last a night in a coat *(ours)*. */
const quiltCelsius = -5;
const heatPackCelsius = -10;
/** A visit without taking anybody along: find, persuade, give out, write down *(ours)*. */
const visitMinutes = 12;
const minutesPerFurtherPerson = 4;
/** Getting in somebody who comes along; waiting for the ambulance *(ours)*. */
const boardingMinutes = 5;
const ambulanceMinutes = 15;

export function likelyNeeds({ flags, needs, headcount, feltCelsius }: ReportedFacts): LikelyNeeds {
  const people = Math.max(1, headcount);
  const toHospital = hospitalFirst(flags) || needs.includes('ambulance');
  const comeAlong = !toHospital && (mustBeEscorted(flags) || needs.includes('shelter'));
  const chair = flags.includes('limited_mobility') || flags.includes('disabled');
  return {
    items: likelyItems(flags, needs, people, feltCelsius),
    beds: comeAlong ? { kinds: kindsFor(flags), places: people } : null,
    wheelchair: comeAlong && chair,
    skills: toHospital ? ['medical'] : [],
    serviceMinutes:
      visitMinutes +
      minutesPerFurtherPerson * (people - 1) +
      (toHospital ? ambulanceMinutes : comeAlong ? boardingMinutes : 0),
  };
}

/** In the order of what fits; anybody's last. Nothing is known of men and women from a report. */
function kindsFor(flags: readonly VulnerableFlag[]): BedKind[] {
  if (flags.includes('with_infant')) return ['family', 'women', 'general'];
  if (flags.includes('minor')) return ['minors', 'family', 'general'];
  if (flags.includes('pregnant')) return ['women', 'family', 'general'];
  if (flags.includes('limited_mobility') || flags.includes('disabled'))
    return ['wheelchair', 'general', 'men', 'women'];
  return ['general', 'men', 'women', 'family'];
}

function likelyItems(
  flags: readonly VulnerableFlag[],
  needs: readonly Need[],
  people: number,
  feltCelsius: number | null,
): LikelyNeeds['items'] {
  const items: LikelyNeeds['items'] = {};
  const cold = feltCelsius ?? 0;
  // 'shelter' and 'ambulance' are no things.
  for (const item of supplyItems) if (needs.includes(item)) items[item as SupplyItem] = people;
  items.contact_card = people;
  items.hot_water = people;
  if (flags.includes('thinly_dressed')) items.coat = people;
  if (cold <= quiltCelsius) items.quilt ??= people;
  if (cold <= heatPackCelsius) items.heat_pack ??= people;
  return items;
}
