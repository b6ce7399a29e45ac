/** The words of the public pages but the report; light, since they load on a thin line. */
import { accountsWords } from './accounts/words.ts';
import { landingWords } from './landing/words.ts';
import { sightingsWords } from './sightings/words.ts';
import { stationsWords } from './stations/words.ts';
import { tipsWords } from './tips/words.ts';

export const namespaces = {
  accounts: accountsWords,
  landing: landingWords,
  sightings: sightingsWords,
  stations: stationsWords,
  tips: tipsWords,
};
