/** Apart from the schemas, so that a screen that lists them need not load the checker. */
import { needs } from '../sightings/flags.ts';

export const outcomes = [
  'aided_on_street',
  'escorted',
  'refused',
  'hospital',
  'police',
  'not_found',
  'already_left',
] as const;
/** What can be handed over on the street. */
export const supplyItems = needs.filter((need) => need !== 'shelter' && need !== 'ambulance');
