/** The one chosen thing: what it is, why it matters, what can be done next. */
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClusterView } from '../../shared/clusters/schema.ts';
import type { DispatchView, RecheckView } from '../../shared/dispatch/schema.ts';
import type { ColdNight } from '../../shared/key-points/due.ts';
import type { StationView } from '../../shared/stations/schema.ts';
import { useCluster } from '../clusters/store.ts';
import { useHeadcountWords } from '../clusters/use-headcount-words.ts';
import { DispatchCard } from '../dispatch/dispatch-card.tsx';
import { isActive, useDispatchesOf, useDispatchStore } from '../dispatch/store.ts';
import { usePatrols } from '../patrols/store.ts';
import { useStation } from '../stations/store.ts';
import { BigButton } from '../ui/big-button.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import { ColdCard } from '../zones/cold-card.tsx';
import { placeOfCell } from '../zones/hot-places.ts';
import type { HotPlace } from '../zones/hot-places.ts';
import { usePlaceWords } from '../zones/use-place-words.ts';
import { KeyPointFacts } from '../key-points/key-point-facts.tsx';
import type { JudgedKeyPoint } from '../key-points/judged.ts';
import { useDistanceWords } from './here.ts';
import { NextStop } from './next-stop.tsx';
import classes from './panel.module.css';
import { PlaceEnded, PlaceFacts } from './place-facts.tsx';
import { RecheckFacts } from './recheck-rows.tsx';
import { choose, write } from './store.ts';
import type { ColdAround } from './use-cold-around.ts';
import type { Choice } from './store.ts';
import { WaitingMark } from './waiting-mark.tsx';

export function Chosen(props: {
  choice: Choice;
  teamId: string;
  cold: ColdAround;
  keyPoints: readonly JudgedKeyPoint[];
  coldNight: ColdNight;
  /** a task already has the main action */
  hasTask: boolean;
}) {
  const { t } = useTranslation(['patrol', 'keyPoints']);
  const { choice } = props;
  const cluster = useCluster(choice.kind === 'cluster' ? choice.id : null);
  const recheck = useDispatchStore((store) =>
    choice.kind === 'recheck' ? (store.rechecks.get(choice.id) ?? null) : null,
  );
  const station = useStation(choice.kind === 'station' ? choice.id : null);
  const { picture, places } = props.cold;
  const place =
    choice.kind === 'cell' && picture !== null
      ? placeOfCell(
          picture,
          places.map((cold) => cold.place),
          choice.id,
        )
      : null;
  const keyPoint = props.keyPoints.find(
    (judged) => choice.kind === 'keyPoint' && judged.keyPoint.id === choice.id,
  );
  return (
    <section className={classes['chosen']}>
      <BigButton
        tone="quiet"
        full={false}
        icon={<IconArrowLeft size={20} aria-hidden />}
        onClick={() => choose(null)}
      >
        {t('patrol:backToList')}
      </BigButton>
      {choice.kind === 'cluster' && (
        <Place clusterId={choice.id} cluster={cluster} teamId={props.teamId} />
      )}
      {recheck && <Recheck recheck={recheck} main={!props.hasTask} />}
      {station && <Station station={station} />}
      {place && <Cell place={place} cold={props.cold} />}
      {keyPoint && <KeyPoint judged={keyPoint} coldNight={props.coldNight} main={!props.hasTask} />}
      {choice.kind !== 'cluster' && !recheck && !station && !place && !keyPoint && (
        <StateBlock
          kind="empty"
          title={choice.kind === 'keyPoint' ? t('keyPoints:gone') : t('patrol:placeEnded.emptied')}
        />
      )}
    </section>
  );
}

function Title({ children, away }: { children: ReactNode; away: string | null }) {
  return (
    <header className={classes['title']}>
      <h2>{children}</h2>
      {away !== null && <span>{away}</span>}
    </header>
  );
}

function Place(props: { clusterId: string; cluster: ClusterView | null; teamId: string }) {
  const { t } = useTranslation(['patrol', 'dispatch']);
  const headcount = useHeadcountWords();
  const away = useDistanceWords();
  const teams = usePatrols((store) => store.teams);
  const active = useDispatchesOf(props.clusterId).filter(isActive);
  const own = active.find(({ teamId }) => teamId === props.teamId);
  const { cluster } = props;
  return (
    <>
      <Title away={cluster ? away(cluster) : own ? away(own.target) : null}>
        {cluster ? headcount(cluster) : t('dispatch:target')}
      </Title>
      {active.map((dispatch) => (
        <DispatchCard
          key={dispatch.id}
          dispatch={dispatch}
          teamName={teams.get(dispatch.teamId)?.name ?? ''}
          mayCancel={false}
        />
      ))}
      {own && <NextStop dispatch={own} />}
      {active.length === 0 && cluster?.open && (
        <p className={classes['quiet']}>{t('patrol:nobodyOn')}</p>
      )}
      {cluster && !cluster.open && <PlaceEnded cluster={cluster} task={own !== undefined} />}
      {cluster?.open && <PlaceFacts cluster={cluster} />}
      {!cluster && <p className={classes['quiet']}>{t('patrol:outOfView')}</p>}
    </>
  );
}

/** A task in the list: its state and, without another tap, what and why. */
export function Task({ dispatch }: { dispatch: DispatchView }) {
  const { t } = useTranslation(['patrol', 'dispatch']);
  const cluster = useCluster(dispatch.clusterId);
  const headcount = useHeadcountWords();
  const away = useDistanceWords();
  const where = away(cluster?.open ? cluster : dispatch.target);
  const what = cluster ? headcount(cluster) : t('dispatch:target');
  return (
    <div className={classes['task']}>
      <DispatchCard
        dispatch={dispatch}
        teamName={where === null ? what : `${what} · ${where}`}
        mayCancel={false}
      />
      <NextStop dispatch={dispatch} />
      {cluster?.open && <PlaceFacts cluster={cluster} />}
      {cluster && !cluster.open && <PlaceEnded cluster={cluster} task />}
    </div>
  );
}

function Recheck({ recheck, main }: { recheck: RecheckView; main: boolean }) {
  const { t } = useTranslation('dispatch');
  const away = useDistanceWords();
  return (
    <>
      <Title away={away(recheck)}>{t('recheck.one')}</Title>
      <RecheckFacts recheck={recheck} />
      <WaitingMark subject={`recheck:${recheck.id}`} />
      <BigButton
        tone={main ? 'main' : 'plain'}
        tall
        onClick={() =>
          write({ kind: 'record', visit: { dispatchId: null, recheckId: recheck.id } })
        }
      >
        {t('recheck.do')}
      </BigButton>
    </>
  );
}

function Station({ station }: { station: StationView }) {
  const { t } = useTranslation(['patrol', 'stations']);
  const away = useDistanceWords();
  return (
    <>
      <Title away={away(station)}>{station.name}</Title>
      <p className={classes['line']}>
        {station.open
          ? t('stations:bedsFree', { free: station.bedsFree, total: station.bedsTotal })
          : t('stations:shut')}
      </p>
      {station.address !== '' && <p className={classes['quiet']}>{station.address}</p>}
      {station.phone !== '' && (
        <BigButton href={`tel:${station.phone}`}>
          {t('patrol:station.call', { phone: station.phone })}
        </BigButton>
      )}
    </>
  );
}

function Cell({ place, cold }: { place: HotPlace; cold: ColdAround }) {
  const away = useDistanceWords();
  const placeWords = usePlaceWords();
  const [lead = -1] = place.indices;
  return (
    <>
      <Title away={away(place.position)}>{placeWords(cold.nameOf(place))}</Title>
      {cold.picture && <ColdCard picture={cold.picture} index={lead} />}
    </>
  );
}

function KeyPoint(props: { judged: JudgedKeyPoint; coldNight: ColdNight; main: boolean }) {
  const { t } = useTranslation('keyPoints');
  const away = useDistanceWords();
  const { keyPoint } = props.judged;
  const team = usePatrols((store) => store.teams.get(keyPoint.lastVisitTeamId ?? ''));
  return (
    <>
      <Title away={away(keyPoint)}>{keyPoint.name}</Title>
      <KeyPointFacts
        judged={props.judged}
        coldNight={props.coldNight}
        teamName={team?.name ?? null}
      />
      <WaitingMark subject={`keyPoint:${keyPoint.id}`} />
      <BigButton
        tone={props.main ? 'main' : 'plain'}
        tall
        onClick={() => write({ kind: 'visit', keyPointId: keyPoint.id })}
      >
        {t('visit.do')}
      </BigButton>
    </>
  );
}
