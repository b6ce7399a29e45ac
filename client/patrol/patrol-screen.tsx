/** The patrol team's tablet: map, own tasks on top, one thumb to accept, set off, arrive, record, close. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { CityView } from '../../shared/cities/schema.ts';
import type { TeamView } from '../../shared/patrols/schema.ts';
import type { ShiftView } from '../../shared/shifts/schema.ts';
import { coldNightOf } from '../../shared/response/rules.ts';
import { useRankedClusters } from '../clusters/store.ts';
import { openDrafts } from '../dispatch/record-draft.ts';
import { useTeamDispatches } from '../dispatch/store.ts';
import { useCity } from '../kernel/city.tsx';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useSession } from '../kernel/session.tsx';
import type { MapPadding } from '../map/map-view-props.ts';
import { QueueBadge } from '../outbox/queue-badge.tsx';
import { useAreas, usePatrols, useTeam } from '../patrols/store.ts';
import { useCitySeen } from '../realtime/live.tsx';
import { ConnectionBanner } from '../ui/connection-banner.tsx';
import { DemoBanner } from '../ui/demo-banner.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import { useMediaQuery } from '../ui/use-media-query.ts';
import { useNight } from '../response/store.ts';
import { useFollowWeather } from '../weather/follow-weather.ts';
import { useFelt } from '../weather/store.ts';
import { ShiftButton } from './duty.tsx';
import { openEvidence } from './evidence.tsx';
import { useHere } from './here.ts';
import { Panel } from './panel.tsx';
import { PatrolMap } from './patrol-map.tsx';
import classes from './patrol-screen.module.css';
import { Safety, Sos } from './safety.tsx';
import { usePatrolScreen, write } from './store.ts';
import { openTaskPlans } from './task-plans.ts';
import { TopStrip } from './top-strip.tsx';
import { useColdAround } from './use-cold-around.ts';
import { useNearby } from './use-nearby.ts';
import { useNoticeWatch } from './use-notices.ts';
import { useOwedRechecks } from './use-owed-rechecks.ts';
import { useOwnKeyPoints } from './use-own-key-points.ts';
import { useOwnShift } from './use-own-shift.ts';
import { useSurroundings } from './use-surroundings.ts';
import { useTaskPlanWatch } from './use-task-plans.ts';
import { useWhereabouts } from './use-whereabouts.ts';

export function PatrolScreen() {
  const { t } = useTranslation('patrol');
  const { city, fault, reload } = useCity();
  const { sentence } = useFaultWords();
  const { session } = useSession();
  const seen = useCitySeen();
  const teamId = session?.user.teamId ?? null;
  const team = useTeam(teamId);
  const teamless = teamId === null || (seen && (team === null || team.removed));
  const shift = useOwnShift(teamId);
  const heard = usePatrols((store) => store.positions.get(teamId ?? '') ?? null);
  const userId = session?.user.id ?? null;
  useFollowWeather(city?.id ?? null, userId);
  useEffect(() => {
    if (userId === null) return;
    openDrafts(userId);
    openEvidence(userId);
    void openTaskPlans(userId);
  }, [userId]);
  return (
    <div className={classes['screen']}>
      <TopStrip team={team}>
        <QueueBadge userId={userId} onOpen={() => write({ kind: 'queue' })} />
        {team && <ShiftButton shift={shift} />}
        {/* Also before the city is there: the team is known from the session. */}
        {teamId !== null && !teamless && <Sos teamId={teamId} heard={heard} />}
      </TopStrip>
      {city?.demo && <DemoBanner />}
      <ConnectionBanner />
      {teamId !== null && <Safety teamId={teamId} shift={shift} hotline={city?.hotline ?? ''} />}
      {city && team && !teamless ? (
        <Rooms key={team.id} city={city} team={team} shift={shift} />
      ) : (
        <main id="main" className={classes['alone']}>
          {teamless ? (
            <StateBlock kind="empty" title={t('noTeam')} text={t('noTeamText')} />
          ) : fault !== null ? (
            <StateBlock kind="error" text={sentence(fault)} onRetry={reload} />
          ) : (
            <StateBlock kind="loading" />
          )}
        </main>
      )}
    </div>
  );
}

const wideQuery = '(min-width: 900px) and (orientation: landscape)';
const noPadding: MapPadding = { top: 0, right: 0, bottom: 0, left: 0 };

function Rooms(props: { city: CityView; team: TeamView; shift: ShiftView | null }) {
  const { city, team, shift } = props;
  const { t } = useTranslation('patrol');
  const rooms = useRef<HTMLDivElement>(null);
  const wide = useMediaQuery(wideQuery);
  const { whereabouts, positions, going } = useWhereabouts(city, team, shift);
  const areas = useAreas();
  const area = areas.find(({ id }) => id === team.areaId) ?? null;
  const tasks = useTeamDispatches(team.id);
  const places = useRankedClusters();
  const { cells, setView } = useSurroundings(area, tasks);
  const cold = useColdAround(cells);
  const night = useNight();
  const coldNight = coldNightOf(night);
  const feltCelsius = useFelt();
  const keyPoints = useOwnKeyPoints(team.id, coldNight);
  const here = useHere((store) => store.here);
  const nearby = useNearby(
    { keyPoints, rechecks: useOwedRechecks(), cold: cold.places },
    { here, going, feltCelsius, coldNight },
  );
  useNoticeWatch(team.id);
  useTaskPlanWatch(team.id, tasks);
  const sheet = usePatrolScreen((screen) => screen.sheet);
  const covered = useCovered(rooms, wide);
  const padding = useMemo(() => ({ ...noPadding, bottom: covered }), [covered]);
  const ready = useCitySeen();
  const known = { team, tasks, places, cold, keyPoints };
  const panel = <Panel {...known} {...{ shift, nearby, coldNight, ready, wide, whereabouts }} />;
  return (
    <div ref={rooms} className={classes['rooms']} data-wide={wide || undefined} data-sheet={sheet}>
      {wide && panel}
      <main id="main" className={classes['map']} aria-label={t('mapArea')}>
        <PatrolMap {...known} {...{ city, area, positions, padding }} onView={setView} />
      </main>
      {!wide && panel}
    </div>
  );
}

const settleMs = 250;

/** How many pixels of the map the sheet covers, once it has come to rest; a full sheet counts as half. */
function useCovered(rooms: RefObject<HTMLDivElement | null>, wide: boolean): number {
  const sheet = usePatrolScreen((screen) => screen.sheet);
  const [covered, setCovered] = useState(0);
  useEffect(() => {
    const section = rooms.current?.querySelector(':scope > section');
    if (wide || !section || sheet === 'full') {
      if (wide) setCovered(0);
      return;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new ResizeObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(() => setCovered(Math.round(section.clientHeight)), settleMs);
    });
    observer.observe(section);
    return () => {
      observer.disconnect();
      clearTimeout(timer);
    };
  }, [rooms, wide, sheet]);
  return covered;
}
