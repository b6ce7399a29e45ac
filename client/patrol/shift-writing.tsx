/** The shift of this team: begun, looked at, ended. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShiftView } from '../../shared/shifts/schema.ts';
import type { TeamView } from '../../shared/patrols/schema.ts';
import { useRecords } from '../dispatch/record-draft.ts';
import { api } from '../kernel/api.ts';
import { useOutbox } from '../kernel/outbox/outbox.ts';
import { useSession } from '../kernel/session.tsx';
import { readStored, writeStored } from '../kernel/stored.ts';
import { useFormat } from '../kernel/use-format.ts';
import type { JudgedKeyPoint } from '../key-points/judged.ts';
import { useAreas } from '../patrols/store.ts';
import { ShiftPage } from '../shifts/shift-page.tsx';
import { StartShift } from '../shifts/start-shift.tsx';
import { stopWriting } from './store.ts';
import { TeamDuty } from './team-duty.tsx';
import { useAct, useActOrThrow } from './use-act.ts';
import { useCheckIn } from './use-check-in.ts';
import { WaitingMark } from './waiting-mark.tsx';

const usualMinutes = 60;

/** The city's setting as it was last heard: a shift can begin without a network. */
function useCheckInMinutes(cityId: string): number | null {
  const key = `nuanxun.checkInMinutes.${cityId}`;
  const [minutes, setMinutes] = useState<number | null>(() => {
    const kept = readStored(key) as { minutes?: number | null } | null;
    return kept?.minutes === undefined ? usualMinutes : kept.minutes;
  });
  useEffect(() => {
    api.cities.readSettings.query().then(
      ({ checkInMinutes }) => {
        setMinutes(checkInMinutes);
        writeStored(key, { minutes: checkInMinutes });
      },
      () => undefined, // the last one heard stands
    );
  }, [key]);
  return minutes;
}

export interface ShiftWritingProps {
  team: TeamView;
  shift: ShiftView | null;
  keyPoints: readonly JudgedKeyPoint[];
  openTasks: number;
}

export function ShiftWriting(props: ShiftWritingProps) {
  return props.shift === null ? (
    <Starting team={props.team} />
  ) : (
    <Running {...props} shift={props.shift} />
  );
}

function Starting({ team }: { team: TeamView }) {
  const act = useActOrThrow();
  const { session } = useSession();
  const areas = useAreas();
  const checkInMinutes = useCheckInMinutes(session?.cityId ?? '');
  return (
    <StartShift
      teamId={team.id}
      ownName={session?.user.displayName ?? ''}
      areas={areas.filter(({ removed }) => !removed)}
      team={team}
      checkInMinutes={checkInMinutes}
      onStart={(shift) => act({ kind: 'shift.start', shift }, { id: shift.id })}
      onDone={stopWriting}
      onBack={stopWriting}
    />
  );
}

function Running(props: ShiftWritingProps & { shift: ShiftView }) {
  const { t } = useTranslation(['shifts', 'crew']);
  const format = useFormat();
  const act = useAct();
  const { shift, team } = props;
  const checkIn = useCheckIn(shift);
  const area = useAreas().find(({ id }) => id === shift.areaId);
  const recorded = useRecords((store) => store.recorded);
  const waiting = useOutbox(
    ({ items }) => items.filter(({ kind }) => kind !== 'tip.report').length,
  );
  const peopleMet = [...recorded.values()].reduce((sum, list) => sum + list.length, 0);
  const keyPointsSeen = props.keyPoints.filter(
    ({ keyPoint }) =>
      keyPoint.lastVisitTeamId === team.id && (keyPoint.lastVisitAt ?? '') >= shift.startedAt,
  ).length;
  const left = shift.checkInDueAt === null ? null : Date.parse(shift.checkInDueAt) - format.now;
  return (
    <>
      <ShiftPage
        shift={shift}
        areaName={area?.name ?? null}
        summary={{ peopleMet, keyPointsSeen, openTasks: props.openTasks, waiting }}
        nextCheckIn={
          left === null
            ? t('crew:checkIn.none')
            : left > 0
              ? t('crew:checkIn.next', { duration: format.duration(left) })
              : t('crew:checkIn.late', { duration: format.duration(-left) })
        }
        checkInLabel={t('crew:checkIn.fine')}
        onCheckIn={checkIn}
        onEnd={() => act({ kind: 'shift.end', shiftId: shift.id })}
        onBack={stopWriting}
        mark={<WaitingMark subject="shift" />}
      />
      <TeamDuty team={team} />
    </>
  );
}
