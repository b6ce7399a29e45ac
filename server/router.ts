import { accountsRouter } from './accounts/router.ts';
import { citiesRouter } from './cities/router.ts';
import { clustersRouter } from './clusters/router.ts';
import { dispatchRouter } from './dispatch/router.ts';
import { router } from './kernel/trpc.ts';
import { patrolsRouter } from './patrols/router.ts';
import { sightingsRouter } from './sightings/router.ts';
import { snapshotsRouter } from './snapshots/router.ts';
import { stationsRouter } from './stations/router.ts';
import { tipsRouter } from './tips/router.ts';
import { weatherRouter } from './weather/router.ts';
import { zonesRouter } from './zones/router.ts';

export const appRouter = router({
  accounts: accountsRouter,
  cities: citiesRouter,
  clusters: clustersRouter,
  dispatch: dispatchRouter,
  patrols: patrolsRouter,
  sightings: sightingsRouter,
  snapshots: snapshotsRouter,
  stations: stationsRouter,
  tips: tipsRouter,
  weather: weatherRouter,
  zones: zonesRouter,
});
export type AppRouter = typeof appRouter;
