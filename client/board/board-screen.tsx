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
import { useZonesStore } from '../zones/store.ts';
import { ZoneEditor } from '../zones/zone-editor.tsx';
import { AlarmBar } from './alarm-bar.tsx';
import { BoardMap } from './board-map.tsx';
import classes from './board-screen.module.css';
import { CellDetail } from './cell-detail.tsx';
import { ColdSceneProvider, useColdScene } from './cold-scene.tsx';
import { ConflictLine, LateRecords } from './late-records.tsx';
import { CoverageDetail } from './coverage-detail.tsx';
import { HourBar } from './hour-bar.tsx';
import { KeyPointDetail } from './key-point-detail.tsx';
import { Legend } from './legend.tsx';
import { NightDesk } from './night-desk.tsx';
import { PlaceDetail } from './place-detail.tsx';
import { PlanDrawer } from './plan-drawer.tsx';
import { PlanSceneProvider } from './plan-scene.tsx';
import { Queue } from './queue.tsx';
import { chooseCluster, filterPlaces, useBoard } from './store.ts';
import { TopStrip } from './top-strip.tsx';
import { useChosen } from './use-chosen.ts';
import { ZoneDetail } from './zone-detail.tsx';
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
      <NightDesk mayAct={mayAct} />
      <ConflictLine />
      <PlanSceneProvider ranked={ranked} mayAct={mayAct}>
        <ColdSceneProvider>
          <div className={classes['rooms']}>
            <Queue places={places} anyPlace={ranked.length > 0} mayAct={mayAct} />
            <main id="main" className={classes['map']}>
              <BoardMap
                city={city}
                places={places}
                chosen={chosen.cluster}
                onDrawn={(polygon) => setDrawn({ for: drawing, polygon })}
              />
              <HourBar />
              <Legend />
            </main>
            <Side
              chosen={chosen}
              mayAct={mayAct}
              drawn={drawn?.for === drawing ? drawn.polygon : null}
              onDrawingDone={() => setDrawn(null)}
            />
            <div className={classes['plan']}>
              <PlanDrawer />
            </div>
          </div>
        </ColdSceneProvider>
      </PlanSceneProvider>
    </div>
  );
}

function Side(props: {
  chosen: Chosen;
  mayAct: boolean;
  drawn: Polygon | null;
  onDrawingDone: () => void;
}) {
  const { t } = useTranslation('board');
  const {
    clusterId,
    drawing: kind,
    coverage,
    keyPointId,
    zoneId,
    editedZoneId,
    conflicts,
  } = useBoard();
  const { cluster, fault, reload } = props.chosen;
  const { sentence } = useFaultWords();
  const { picture, chosen: listed } = useColdScene();
  const zones = useZonesStore((store) => store.zones);
  const zone = zones.get(zoneId ?? '');
  const stopDrawing = () => {
    useBoard.setState({ drawing: null, editedZoneId: null });
    props.onDrawingDone();
  };
  const drawing = kind !== null;
  const none = clusterId === null && !listed && !zone && coverage === null && keyPointId === null;
  const empty = !drawing && none && !conflicts;
  return (
    <aside className={classes['side']} data-empty={empty || undefined} aria-label={t('detail')}>
      {kind === 'zone' && (
        <ZoneEditor
          key={editedZoneId}
          zone={zones.get(editedZoneId ?? '') ?? null}
          drawn={props.drawn}
          onDone={stopDrawing}
        />
      )}
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
      {!drawing && listed && picture && <CellDetail picture={picture} listed={listed} />}
      {!drawing && zone && <ZoneDetail zone={zone} mayAct={props.mayAct} />}
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
