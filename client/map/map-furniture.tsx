/** What lies on the map for people rather than data: zoom, attribution, words when it can't be drawn. */
import type { MapBasemap } from './basemap.ts';
import { useMap } from './map-context.ts';
import type { MapFault, MapLabels } from './map-view-props.ts';

export function MapControls({ labels, basemap }: { labels: MapLabels; basemap: MapBasemap }) {
  const { map } = useMap();
  return (
    <>
      <div className="nx-map-controls">
        <button
          type="button"
          aria-label={labels.zoomIn}
          title={labels.zoomIn}
          onClick={() => map.zoomIn()}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M12 5v14M5 12h14" />
          </svg>
        </button>
        <button
          type="button"
          aria-label={labels.zoomOut}
          title={labels.zoomOut}
          onClick={() => map.zoomOut()}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M5 12h14" />
          </svg>
        </button>
      </div>
      {(basemap.kind === 'pmtiles' || basemap.kind === 'tianditu') &&
        basemap.attribution !== '' && <p className="nx-map-attribution">{basemap.attribution}</p>}
    </>
  );
}

export function MapNotice({
  fault,
  basemap,
  labels,
}: {
  fault: MapFault | null;
  basemap: MapBasemap;
  labels: MapLabels;
}) {
  if (fault === 'graphics') {
    return (
      <div className="nx-map-failed" role="alert">
        <h2>{labels.noGraphics.title}</h2>
        <p>{labels.noGraphics.text}</p>
      </div>
    );
  }
  const words =
    fault === 'ground' ? labels.noGround : basemap.kind === 'none' ? labels.noBasemap : null;
  if (!words) return null;
  return (
    <div className="nx-map-notice" role="status">
      <strong>{words.title}</strong>
      <span>{words.text}</span>
    </div>
  );
}
