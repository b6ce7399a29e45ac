/** All words of `/report`, which must be there within seconds on a thin line. */
import { mediaWords } from '../media/words.ts';
import { personStateWords } from '../sightings/state-words.ts';
import { sightingsWords } from '../sightings/words.ts';
import { tipsWords } from '../tips/words.ts';
import { reportWords } from './words.ts';

export const namespaces = {
  media: mediaWords,
  personState: personStateWords,
  report: reportWords,
  sightings: sightingsWords,
  tips: tipsWords,
};
