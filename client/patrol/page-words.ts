/** All words of `/patrol`. */
import { clustersWords } from '../clusters/words.ts';
import { crewWords } from '../crew/words.ts';
import { dispatchWords } from '../dispatch/words.ts';
import { fieldWords } from '../field/words.ts';
import { workErrorWords } from '../kernel/work-error-words.ts';
import { keyPointsWords } from '../key-points/words.ts';
import { mapWords } from '../map/words.ts';
import { mediaWords } from '../media/words.ts';
import { outboxWords } from '../outbox/words.ts';
import { packsWords } from '../packs/words.ts';
import { planningWords } from '../planning/words.ts';
import { patrolsWords } from '../patrols/words.ts';
import { roadsWords } from '../roads/words.ts';
import { shiftsWords } from '../shifts/words.ts';
import { personStateWords } from '../sightings/state-words.ts';
import { sightingsWords } from '../sightings/words.ts';
import { stationsWords } from '../stations/words.ts';
import { suppliesWords } from '../supplies/words.ts';
import { vehiclesWords } from '../vehicles/words.ts';
import { weatherWords } from '../weather/words.ts';
import { zonesWords } from '../zones/words.ts';
import { patrolWords } from './words.ts';

export const namespaces = {
  clusters: clustersWords,
  crew: crewWords,
  dispatch: dispatchWords,
  errors: workErrorWords,
  field: fieldWords,
  keyPoints: keyPointsWords,
  map: mapWords,
  media: mediaWords,
  outbox: outboxWords,
  packs: packsWords,
  patrol: patrolWords,
  patrols: patrolsWords,
  personState: personStateWords,
  planning: planningWords,
  roads: roadsWords,
  shifts: shiftsWords,
  sightings: sightingsWords,
  stations: stationsWords,
  supplies: suppliesWords,
  vehicles: vehiclesWords,
  weather: weatherWords,
  zones: zonesWords,
};
