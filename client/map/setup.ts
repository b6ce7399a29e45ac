/** Once per page: MapLibre's worker by name, and the protocol that reads tiles out of one archive. */
import { addProtocol, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { loadTile } from './tiles/archives.ts';

let done = false;

export function setUpMapLibre(): void {
  if (done) return;
  done = true;
  setWorkerUrl(workerUrl);
  addProtocol('pmtiles', loadTile);
}
