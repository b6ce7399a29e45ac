/** The map comes only when it is asked for; when it can't, words do. */
import { Suspense, lazy } from 'react';
import { useTranslation } from 'react-i18next';
import type { CityView } from '../../shared/cities/schema.ts';
import { loadWords } from '../kernel/i18n.ts';
import { BigButton } from '../ui/big-button.tsx';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import type { ReportFormState } from './use-report-form.ts';

const MapPick = lazy(async () => {
  const [{ MapPick: screen }] = await Promise.all([
    import('./map-pick.tsx'),
    loadWords({
      'zh-CN': () => import('../map/page-words.ts?zh'),
      en: () => import('../map/page-words.ts?en'),
    }),
  ]);
  return { default: screen };
});

export function LazyMapPick(props: {
  city: CityView;
  state: ReportFormState;
  onDone: (inWords: boolean) => void;
}) {
  const { t } = useTranslation('sightings');
  const { place } = props.state;
  const inWords = (
    <BigButton full={false} onClick={() => props.onDone(true)}>
      {t('place.write')}
    </BigButton>
  );
  return (
    <ErrorBoundary
      fallback={<StateBlock kind="error" text={t('place.mapFailed')} compact action={inWords} />}
    >
      <Suspense fallback={<StateBlock kind="loading" compact />}>
        <MapPick
          city={props.city}
          start={place === null || place.source === 'address' ? null : place.position}
          onCancel={() => props.onDone(false)}
          onPick={(position) => {
            props.onDone(false);
            props.state.change({ place: { source: 'map', position, accuracyMeters: 15 } });
          }}
        />
      </Suspense>
    </ErrorBoundary>
  );
}
