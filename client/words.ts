/** Every namespace of words, composed once. A new domain adds its line here; `words.test.ts` walks all of them. */
import { accountsWords } from './accounts/words.ts';
import { adminNightWords } from './admin/night-words.ts';
import { adminWords } from './admin/words.ts';
import { boardWords } from './board/words.ts';
import { clustersWords } from './clusters/words.ts';
import { crewWords } from './crew/words.ts';
import { dispatchWords } from './dispatch/words.ts';
import { fieldWords } from './field/words.ts';
import { commonWords } from './kernel/common-words.ts';
import { enrolmentWords } from './admin/enrolment-words.ts';
import { errorWords } from './kernel/error-words.ts';
import { workErrorWords } from './kernel/work-error-words.ts';
import { joinWords } from './kernel/words.ts';
import { keyPointsWords } from './key-points/words.ts';
import { mapWords } from './map/words.ts';
import { mediaWords } from './media/words.ts';
import { landingWords } from './landing/words.ts';
import { outboxWords } from './outbox/words.ts';
import { packsWords } from './packs/words.ts';
import { patrolWords } from './patrol/words.ts';
import { patrolsWords } from './patrols/words.ts';
import { planDeskWords } from './planning/desk-words.ts';
import { planningWords } from './planning/words.ts';
import { shiftsWords } from './shifts/words.ts';
import { reportWords } from './report/words.ts';
import { roadsWords } from './roads/words.ts';
import { personStateWords } from './sightings/state-words.ts';
import { sightingsWords } from './sightings/words.ts';
import { houseWords } from './stations/house-words.ts';
import { stationsWords } from './stations/words.ts';
import { suppliesWords } from './supplies/words.ts';
import { tipsWords } from './tips/words.ts';
import { watchWords } from './board/watch-words.ts';
import { vehiclesWords } from './vehicles/words.ts';
import { responseDeskWords } from './response/desk-words.ts';
import { responseWords } from './response/words.ts';
import { weatherDeskWords } from './weather/desk-words.ts';
import { weatherWords } from './weather/words.ts';
import { zonesWords } from './zones/words.ts';

export const namespaces = {
  common: commonWords,
  errors: joinWords(errorWords, workErrorWords),
  accounts: accountsWords,
  admin: adminWords,
  adminNight: adminNightWords,
  board: boardWords,
  clusters: clustersWords,
  crew: crewWords,
  dispatch: dispatchWords,
  field: fieldWords,
  keyPoints: keyPointsWords,
  enrolment: enrolmentWords,
  map: mapWords,
  media: mediaWords,
  outbox: outboxWords,
  packs: packsWords,
  patrol: patrolWords,
  patrols: patrolsWords,
  planDesk: planDeskWords,
  planning: planningWords,
  shifts: shiftsWords,
  personState: personStateWords,
  report: reportWords,
  roads: roadsWords,
  sightings: sightingsWords,
  stations: stationsWords,
  house: houseWords,
  supplies: suppliesWords,
  tips: tipsWords,
  watch: watchWords,
  vehicles: vehiclesWords,
  response: responseWords,
  responseDesk: responseDeskWords,
  weather: weatherWords,
  weatherDesk: weatherDeskWords,
  landing: landingWords,
  zones: zonesWords,
};
