import { openRoads } from '../roads/roads.ts';

/** A city without a road network: every figure is an estimate, the same on any machine. */
export const noRoads = openRoads({ dataDir: '/nowhere', valhallaUrl: undefined }, () => undefined);
