/** Key points: the places to watch, drawn one by one, imported, or taken from the map of the city. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Switch } from 'wouter';
import type { KeyPointView } from '../../shared/key-points/schema.ts';
import { useKeyPoints } from '../key-points/store.ts';
import { useCitySeen } from '../realtime/live.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import { KeyPointCandidates } from './key-point-candidates.tsx';
import { KeyPointForm } from './key-point-form.tsx';
import { KeyPointImport } from './key-point-import.tsx';
import { KeyPointList } from './key-point-list.tsx';
import { Gone, Page } from './page.tsx';

const keyPointsHome = '/admin/key-points';

/** By name, as people sort them. */
function useSorted(): KeyPointView[] {
  const keyPoints = useKeyPoints();
  return useMemo(() => {
    const { compare } = new Intl.Collator('zh-CN', { numeric: true });
    return keyPoints.toSorted((a, b) => compare(a.name, b.name) || (a.id < b.id ? -1 : 1));
  }, [keyPoints]);
}

export function KeyPointPages() {
  const { t } = useTranslation('admin');
  const seen = useCitySeen();
  const keyPoints = useSorted();
  if (!seen) return <StateBlock kind="loading" />;
  const page = (id: string) => {
    const keyPoint = keyPoints.find((candidate) => candidate.id === id);
    if (!keyPoint) return <Gone back={keyPointsHome} />;
    return (
      <Page title={t('keyPoints.change')} lead={keyPoint.name} back={keyPointsHome} wide>
        <KeyPointForm key={id} keyPoint={keyPoint} keyPoints={keyPoints} />
      </Page>
    );
  };
  return (
    <Switch>
      <Route path={`${keyPointsHome}/new`}>
        <Page title={t('keyPoints.new')} back={keyPointsHome} wide>
          <KeyPointForm keyPoint={null} keyPoints={keyPoints} />
        </Page>
      </Route>
      <Route path={`${keyPointsHome}/import`}>
        <Page
          title={t('keyPoints.file.title')}
          lead={t('keyPoints.file.lead')}
          back={keyPointsHome}
        >
          <KeyPointImport />
        </Page>
      </Route>
      <Route path={`${keyPointsHome}/from-map`}>
        <Page
          title={t('keyPoints.map.title')}
          lead={t('keyPoints.map.lead')}
          back={keyPointsHome}
          wide
        >
          <KeyPointCandidates />
        </Page>
      </Route>
      <Route path={`${keyPointsHome}/:id`}>{({ id }) => page(id)}</Route>
      <Route>
        <KeyPointList keyPoints={keyPoints} />
      </Route>
    </Switch>
  );
}
