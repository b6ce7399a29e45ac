/** The words of the public pages; light, since they load on a thin line. */
import { accountsWords } from './accounts/words.ts';
import { mediaWords } from './media/words.ts';
import { outboxWords } from './outbox/words.ts';
import { reportWords } from './report/words.ts';
import { personStateWords } from './sightings/state-words.ts';
import { sightingsWords } from './sightings/words.ts';
import { stationsWords } from './stations/words.ts';
import { tipsWords } from './tips/words.ts';

export const publicWords = {
  accounts: accountsWords,
  media: mediaWords,
  outbox: outboxWords,
  personState: personStateWords,
  report: reportWords,
  sightings: sightingsWords,
  stations: stationsWords,
  tips: tipsWords,
};
