import type { EngineAction } from './road-engine.ts';

/** What the server and the process of the road engine say to each other. */
export interface EngineQuestion {
  id: number;
  tilesFile: string;
  action: EngineAction;
  text: string;
}
export type EngineReply = { id: number; text: string } | { id: number; complaint: string };
