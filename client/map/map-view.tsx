/** The one wrapper around MapLibre: makes the map, keeps its ground in step, hands it to the layers. */
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { CSSProperties } from 'react';
import { basemapKey } from './basemap.ts';
import { createMap } from './create-map.ts';
import type { CreatedMap } from './create-map.ts';
import { MapContext } from './map-context.ts';
import type { MapClick, MapHandle } from './map-context.ts';
import { MapControls, MapNotice } from './map-furniture.tsx';
import type { MapFault, MapPadding, MapViewProps, MapViewState } from './map-view-props.ts';
import { restyle } from './restyle.ts';
import { buildStyle } from './style.ts';
import './map-view.css';

const NO_PADDING: MapPadding = { top: 0, right: 0, bottom: 0, left: 0 };

export function MapView(props: MapViewProps) {
  const { basemap, theme, labels, padding = NO_PADDING } = props;
  const { container, created, styleEpoch, fault } = useCreatedMap({ ...props, padding });
  useGround(created, props);

  const { top, right, bottom, left } = padding;
  useEffect(() => {
    created?.map.setPadding({ top, right, bottom, left });
  }, [created, top, right, bottom, left]);
  useEffect(() => {
    created?.map.getCanvas().setAttribute('aria-label', labels.map);
  }, [created, labels.map]);

  const handle = useMemo<MapHandle | null>(() => {
    if (!created || styleEpoch === 0) return null;
    return {
      map: created.map,
      styleEpoch,
      registerClicks: (target) => created.clicks.register(target),
      registerGround: (target) => created.clicks.registerGround(target),
    };
  }, [created, styleEpoch]);
  const room = {
    '--map-top': `${top}px`,
    '--map-right': `${right}px`,
    '--map-bottom': `${bottom}px`,
    '--map-left': `${left}px`,
  } as CSSProperties;
  return (
    <div className="nx-map" data-theme={theme} data-ready={handle ? true : undefined} style={room}>
      <div ref={container} className="nx-map-canvas" />
      {handle && (
        <MapContext value={handle}>
          {props.children}
          <MapControls labels={labels} basemap={basemap} />
        </MapContext>
      )}
      <MapNotice fault={fault} basemap={basemap} labels={labels} />
    </div>
  );
}

/** One map for the component's life, made with the first props. */
function useCreatedMap(props: MapViewProps) {
  const container = useRef<HTMLDivElement>(null);
  const [created, setCreated] = useState<CreatedMap | null>(null);
  const [styleEpoch, setStyleEpoch] = useState(0);
  const [fault, setFault] = useState<MapFault | null>(null);
  const viewMoved = useEffectEvent((view: MapViewState) => props.onMoveEnd?.(view));
  const missed = useEffectEvent((click: MapClick) => props.onClickNothing?.(click));
  const start = useEffectEvent((element: HTMLDivElement) =>
    createMap(element, props, {
      onStyle: () => setStyleEpoch((epoch) => epoch + 1),
      onFault: setFault,
      onView: (view) => viewMoved(view),
      onMiss: (click) => missed(click),
    }),
  );
  useEffect(() => {
    const element = container.current;
    if (!element) return undefined;
    const made = start(element);
    setCreated(made);
    return () => {
      setCreated(null);
      setStyleEpoch(0);
      made?.destroy();
    };
  }, []);
  return { container, created, styleEpoch, fault };
}

/** Follows theme and language in place; a different map underneath is loaded afresh. */
function useGround(
  created: CreatedMap | null,
  {
    basemap,
    theme,
    language,
    bounds,
  }: Pick<MapViewProps, 'basemap' | 'theme' | 'language' | 'bounds'>,
): void {
  const key = `${basemapKey(basemap)} ${basemap.kind === 'tianditu' ? language : ''}`;
  const current = useEffectEvent(() => buildStyle({ basemap, theme, language, bounds }));
  useEffect(() => {
    if (!created || created.ground.key === key) return;
    const style = current();
    created.ground = { key, style };
    created.setBasemap(basemap);
    created.map.setStyle(style ?? (basemap.kind === 'style' ? basemap.url : null), { diff: false });
    // oxlint-disable-next-line react/exhaustive-deps -- the key stands for the basemap: another object that means the same is no reason to reload
  }, [created, key]);
  useEffect(() => {
    if (!created) return;
    const style = current();
    const before = created.ground.style;
    if (!style || !before) return;
    created.ground = { ...created.ground, style };
    created.whenStyled(() => restyle(created.map, before, style));
  }, [created, theme, language]);
}
