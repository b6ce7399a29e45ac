/** What the server and the process of the road engine say to each other. */
export interface EngineQuestion {
  id: number;
  tilesFile: string;
  action: 'matrix' | 'route' | 'isochrone' | 'traceRoute';
  text: string;
}
export type EngineReply = { id: number; text: string } | { id: number; complaint: string };
