/** The map of the city on screen, in its language and theme. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CityView } from '../../shared/cities/schema.ts';
import { useLanguage } from '../kernel/i18n.ts';
import { useColourScheme } from '../ui/colour-scheme.ts';
import { useLabelFaces } from './faces.ts';
import type { MapLabels, MapViewProps } from './map-view-props.ts';
import { MapView } from './map-view.tsx';

export type CityMapProps = { city: CityView } & Omit<
  MapViewProps,
  'basemap' | 'theme' | 'language' | 'bounds' | 'labels'
>;

export function CityMap({ city, ...rest }: CityMapProps) {
  const { t } = useTranslation('map');
  const scheme = useColourScheme();
  const language = useLanguage();
  const labels = useMemo<MapLabels>(
    () => ({
      map: t('map'),
      zoomIn: t('zoomIn'),
      zoomOut: t('zoomOut'),
      noGraphics: { title: t('noGraphics.title'), text: t('noGraphics.text') },
      noGround: { title: t('noGround.title'), text: t('noGround.text') },
      noBasemap: { title: t('noBasemap.title'), text: t('noBasemap.text') },
    }),
    [t],
  );
  const ready = useLabelFaces();
  if (!ready) return null;
  return (
    <MapView
      {...rest}
      basemap={city.basemap}
      bounds={city.bounds}
      theme={scheme === 'light' ? 'day' : 'night'}
      language={language === 'en' ? 'en' : 'zh'}
      labels={labels}
    />
  );
}
