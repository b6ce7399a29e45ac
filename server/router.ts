import { accountsRouter } from './accounts/router.ts';
import { citiesRouter } from './cities/router.ts';
import { clustersRouter } from './clusters/router.ts';
import { crewRouter } from './crew/router.ts';
import { dispatchRouter } from './dispatch/router.ts';
import { fieldRouter } from './field/router.ts';
import { router } from './kernel/trpc.ts';
import { keyPointsRouter } from './key-points/router.ts';
import { mediaRouter } from './media/router.ts';
import { planningRouter } from './planning/router.ts';
import { patrolsRouter, trackersRouter } from './patrols/router.ts';
import { roadsRouter } from './roads/router.ts';
import { shiftsRouter } from './shifts/router.ts';
import { sightingsRouter } from './sightings/router.ts';
import { snapshotsRouter } from './snapshots/router.ts';
import { stationsRouter } from './stations/router.ts';
import { streetsRouter } from './streets/router.ts';
import { depotsRouter, suppliesRouter } from './supplies/router.ts';
import { tipsRouter } from './tips/router.ts';
import { tracksRouter } from './tracks/router.ts';
import { vehiclesRouter } from './vehicles/router.ts';
import { responseRouter } from './response/router.ts';
import { weatherRouter } from './weather/router.ts';
import { zonesRouter } from './zones/router.ts';

export const appRouter = router({
  accounts: accountsRouter,
  cities: citiesRouter,
  clusters: clustersRouter,
  crew: crewRouter,
  depots: depotsRouter,
  dispatch: dispatchRouter,
  field: fieldRouter,
  keyPoints: keyPointsRouter,
  media: mediaRouter,
  patrols: patrolsRouter,
  planning: planningRouter,
  roads: roadsRouter,
  shifts: shiftsRouter,
  sightings: sightingsRouter,
  snapshots: snapshotsRouter,
  stations: stationsRouter,
  streets: streetsRouter,
  supplies: suppliesRouter,
  tips: tipsRouter,
  trackers: trackersRouter,
  tracks: tracksRouter,
  vehicles: vehiclesRouter,
  response: responseRouter,
  weather: weatherRouter,
  zones: zonesRouter,
});
export type AppRouter = typeof appRouter;
