/** Keeps the map's requests on our own server unless the configured map lives elsewhere. */
import type { RequestTransformFunction } from 'maplibre-gl';

const LOCAL_SCHEMES = new Set(['blob:', 'data:', 'pmtiles:']);

/** @param outsideAllowed asked at each request, since the map underneath can change */
export function guardRequests(
  ownOrigin: string,
  outsideAllowed: () => boolean,
): RequestTransformFunction {
  return (url) => {
    const target = new URL(url, ownOrigin);
    if (target.protocol === 'pmtiles:') {
      const inner = new URL(url.slice('pmtiles://'.length), ownOrigin);
      if (inner.origin === ownOrigin) return undefined;
    } else if (LOCAL_SCHEMES.has(target.protocol) || target.origin === ownOrigin) return undefined;
    if (outsideAllowed()) return undefined;
    throw new Error(`The map may not ask ${target.host}: only our own server.`);
  };
}
