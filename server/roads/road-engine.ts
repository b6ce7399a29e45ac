/** Who answers questions about roads in Valhalla's words: the engine beside this process, or a server. */
export type EngineAction = 'matrix' | 'route' | 'isochrone' | 'traceRoute' | 'locate';

export interface RoadEngine {
  /** @throws NoWay, or any other error when there is no answer */
  ask(action: EngineAction, question: object): Promise<unknown>;
  /** The largest matrix of one question, in pairs. */
  readonly pairsAtOnce: number;
  /** It says where it puts places, as many as come. */
  readonly locates: boolean;
}

/** The engine understood and says that there is none: not a fault. */
export class NoWay extends Error {
  /** true: the place lies off its map, so that it can't know */
  readonly offMap: boolean;
  constructor(message: string, offMap: boolean) {
    super(message);
    this.name = 'NoWay';
    this.offMap = offMap;
  }
}

const noWay = /No path could be found|unconnected regions/i;
const offMap = /No suitable edges|exceeds the max distance|No data found for location/i;

/** The engine's complaint as an error of ours. */
export function engineError(complaint: string): Error {
  if (noWay.test(complaint)) return new NoWay(complaint, false);
  if (offMap.test(complaint)) return new NoWay(complaint, true);
  return new Error(complaint);
}
