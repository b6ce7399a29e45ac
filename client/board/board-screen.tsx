/** The station's duty board: queue, map and the chosen thing, side by side, from one state. */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Polygon } from '../../shared/geo/position.ts';
import { useRankedClusters } from '../clusters/store.ts';
import { useActiveDispatches } from '../dispatch/store.ts';
import { useCity } from '../kernel/city.tsx';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useSession } from '../kernel/session.tsx';
import { ConnectionBanner } from '../ui/connection-banner.tsx';
import { BigButton } from '../ui/big-button.tsx';
import { DemoBanner } from '../ui/demo-banner.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import { useFollowPlan } from '../planning/follow-plan.ts';
import { useCitySeen } from '../realtime/live.tsx';
import { ClosureEditor } from '../roads/closure-editor.tsx';
import { useNight } from '../response/store.ts';
import { useDebtCells } from '../zones/cell-layer.tsx';
import type { DebtCell } from '../zones/cell-layer.tsx';
import { ZoneEditor } from '../zones/zone-editor.tsx';
import { AlarmBar } from './alarm-bar.tsx';
import { BoardMap } from './board-map.tsx';
import classes from './board-screen.module.css';
import { CellDetail } from './cell-detail.tsx';
import { ConflictLine, LateRecords } from './late-records.tsx';
import { CoverageDetail } from './coverage-detail.tsx';
import { KeyPointDetail } from './key-point-detail.tsx';
import { Legend } from './legend.tsx';
import { PlaceDetail } from './place-detail.tsx';
import { PlanDrawer } from './plan-drawer.tsx';
import { PlanSceneProvider } from './plan-scene.tsx';
import { Queue } from './queue.tsx';
import { chooseCluster, filterPlaces, useBoard } from './store.ts';
import { TopStrip } from './top-strip.tsx';
import { useChosen } from './use-chosen.ts';
import { useDeskNews } from './use-desk-news.ts';
import type { Chosen } from './use-chosen.ts';

export function BoardScreen() {
  const { city, fault, reload } = useCity();
  const { sentence } = useFaultWords();
  const { role } = useSession();
  const mayAct = role !== null && role !== 'auditor';
  useDeskNews(mayAct);
  useFollowPlan(useCitySeen());
  const ranked = useRankedClusters();
  const { byCluster } = useActiveDispatches();
  const filter = useBoard((board) => board.filter);
  const clusterId = useBoard((board) => board.clusterId);
  const places = useMemo(
    () => filterPlaces(ranked, filter, byCluster, clusterId),
    [ranked, filter, byCluster, clusterId],
  );
  const debts = useDebtCells(useNight()?.feltCelsius ?? null);
  const drawing = useBoard((board) => board.drawing);
  const [drawn, setDrawn] = useState<{ for: typeof drawing; polygon: Polygon } | null>(null);
  const chosen = useChosen(clusterId);
  if (city === null)
    return fault === null ? (
      <StateBlock kind="loading" />
    ) : (
      <StateBlock kind="error" text={sentence(fault)} onRetry={reload} />
    );
  return (
    <div className={classes['board']}>
      <TopStrip mayAct={mayAct} />
      {city.demo && <DemoBanner />}
      <ConnectionBanner />
      <AlarmBar mayAct={mayAct} />
      <ConflictLine />
      <PlanSceneProvider ranked={ranked} mayAct={mayAct}>
        <div className={classes['rooms']}>
          <Queue places={places} debts={debts} anyPlace={ranked.length > 0} mayAct={mayAct} />
          <main id="main" className={classes['map']}>
            <BoardMap
              city={city}
              places={places}
              chosen={chosen.cluster}
              debts={debts}
              onDrawn={(polygon) => setDrawn({ for: drawing, polygon })}
            />
            <Legend />
          </main>
          <Side
            chosen={chosen}
            debts={debts}
            mayAct={mayAct}
            drawn={drawn?.for === drawing ? drawn.polygon : null}
            onDrawingDone={() => setDrawn(null)}
          />
          <div className={classes['plan']}>
            <PlanDrawer />
          </div>
        </div>
      </PlanSceneProvider>
    </div>
  );
}

function Side(props: {
  chosen: Chosen;
  debts: readonly DebtCell[];
  mayAct: boolean;
  drawn: Polygon | null;
  onDrawingDone: () => void;
}) {
  const { t } = useTranslation('board');
  const { clusterId, cell, drawing: kind, coverage, keyPointId, conflicts } = useBoard();
  const { cluster, fault, reload } = props.chosen;
  const { sentence } = useFaultWords();
  const debt = props.debts.find((candidate) => candidate.cell === cell);
  const stopDrawing = () => {
    useBoard.setState({ drawing: null });
    props.onDrawingDone();
  };
  const drawing = kind !== null;
  const none = clusterId === null && !debt && coverage === null && keyPointId === null;
  const empty = !drawing && none && !conflicts;
  return (
    <aside className={classes['side']} data-empty={empty || undefined} aria-label={t('detail')}>
      {kind === 'zone' && <ZoneEditor drawn={props.drawn} onDone={stopDrawing} />}
      {kind === 'closure' && <ClosureEditor drawn={props.drawn} onDone={stopDrawing} />}
      {!drawing && cluster && (
        <PlaceDetail key={cluster.id} cluster={cluster} mayAct={props.mayAct} />
      )}
      {!drawing && clusterId !== null && !cluster && (
        <StateBlock
          kind={fault === null ? 'loading' : 'error'}
          {...(fault === null ? {} : { text: sentence(fault), onRetry: reload })}
          action={
            <BigButton tone="quiet" onClick={() => chooseCluster(null)}>
              {t('ended.close')}
            </BigButton>
          }
        />
      )}
      {!drawing && debt && <CellDetail debt={debt} />}
      {!drawing && coverage !== null && (
        <CoverageDetail
          key={`${coverage.areaId} ${coverage.teamId} ${coverage.from}`}
          choice={coverage}
        />
      )}
      {!drawing && keyPointId !== null && (
        <KeyPointDetail key={keyPointId} keyPointId={keyPointId} />
      )}
      {!drawing && conflicts && <LateRecords mayAct={props.mayAct} />}
      {empty && (
        <StateBlock kind="empty" title={t('nothingChosen')} text={t('nothingChosenText')} />
      )}
    </aside>
  );
}
