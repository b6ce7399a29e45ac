/** The gap map as a list: key points that should have been seen by now, areas and running shifts. */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShiftView } from '../../shared/shifts/schema.ts';
import { coldNightOf } from '../../shared/response/rules.ts';
import { useJudgedKeyPoints } from '../key-points/judged.ts';
import type { JudgedKeyPoint } from '../key-points/judged.ts';
import { useKeyPoints } from '../key-points/store.ts';
import { useDueWords } from '../key-points/use-due-words.ts';
import { useCity } from '../kernel/city.tsx';
import { useFormat } from '../kernel/use-format.ts';
import { useAreas, usePatrols } from '../patrols/store.ts';
import { useShiftStore } from '../shifts/store.ts';
import { BigButton } from '../ui/big-button.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import { useNight } from '../response/store.ts';
import classes from './coverage.module.css';
import rowClasses from './queue.module.css';
import { chooseCoverage, chooseKeyPoint, useBoard } from './store.ts';
import { useCityNight } from './use-night.ts';

/** What is due or overdue now, the longest overdue first. */
function useWaiting(): { any: boolean; watched: boolean; waiting: JudgedKeyPoint[] } {
  const judged = useJudgedKeyPoints(useKeyPoints(), coldNightOf(useNight()));
  return useMemo(
    () => ({
      any: judged.length > 0,
      watched: judged.some(({ due }) => due.state !== 'off'),
      waiting: judged
        .filter(({ due }) => due.state === 'due' || due.state === 'overdue')
        .sort(
          (a, b) =>
            b.due.overdueMinutes - a.due.overdueMinutes ||
            (a.due.dueAt ?? '').localeCompare(b.due.dueAt ?? '') ||
            a.keyPoint.name.localeCompare(b.keyPoint.name),
        ),
    }),
    [judged],
  );
}

const pageSize = 40;

export function CoverageTab() {
  const { t } = useTranslation(['watch', 'board']);
  const { any, watched, waiting } = useWaiting();
  const [shown, setShown] = useState(pageSize);
  const overdue = waiting.filter(({ due }) => due.state === 'overdue').length;
  const left = waiting.length - shown;
  return (
    <div className={classes['list']}>
      <p className={classes['quiet']}>
        {t('watch:coverage.lead')}
        {' · '}
        {t('watch:coverage.overdue', { count: overdue })}
        {' · '}
        {t('watch:coverage.due', { count: waiting.length - overdue })}
      </p>
      {!any && (
        <StateBlock
          kind="empty"
          compact
          title={t('watch:coverage.noKeyPoints')}
          text={t('watch:coverage.noKeyPointsText')}
        />
      )}
      {any && waiting.length === 0 && (
        <StateBlock
          kind="empty"
          compact
          title={t(watched ? 'watch:coverage.allSeen' : 'watch:coverage.offHours')}
          text={t(watched ? 'watch:coverage.allSeenText' : 'watch:coverage.offHoursText')}
        />
      )}
      {waiting.slice(0, shown).map((item) => (
        <WaitingRow key={item.keyPoint.id} item={item} />
      ))}
      {left > 0 && (
        <BigButton tone="quiet" onClick={() => setShown((count) => count + pageSize)}>
          {t('board:moreShown', { count: Math.min(left, pageSize) })}
        </BigButton>
      )}
      <Areas />
      <Shifts />
    </div>
  );
}

function WaitingRow({ item }: { item: JudgedKeyPoint }) {
  const { t } = useTranslation(['watch', 'keyPoints']);
  const format = useFormat();
  const dueWords = useDueWords();
  const chosen = useBoard((board) => board.keyPointId);
  const { keyPoint, due } = item;
  const { lastVisitAt, lastVisitHow } = keyPoint;
  return (
    <button
      type="button"
      className={rowClasses['row']}
      data-selected={chosen === keyPoint.id || undefined}
      aria-pressed={chosen === keyPoint.id}
      onClick={() => chooseKeyPoint(keyPoint.id, keyPoint)}
    >
      <span className={rowClasses['head']}>
        <strong>{keyPoint.name}</strong>
        <span
          className={`${rowClasses['end']} ${due.state === 'overdue' ? rowClasses['late'] : rowClasses['quiet']}`}
        >
          {dueWords(item)}
        </span>
      </span>
      <span className={rowClasses['quiet']}>
        {t(`keyPoints:kind.${keyPoint.kind}`)}
        {' · '}
        {lastVisitAt === null
          ? t('watch:coverage.never')
          : t('watch:coverage.lastSeen', { ago: format.ago(lastVisitAt) })}
        {lastVisitHow !== null &&
          ` · ${t(lastVisitHow === 'dwell' ? 'watch:coverage.byDwell' : 'watch:coverage.byRecord')}`}
      </span>
    </button>
  );
}

function Areas() {
  const { t } = useTranslation('watch');
  const areas = useAreas();
  const { name: cityName } = useCity();
  const night = useCityNight();
  const chosen = useBoard((board) => board.coverage);
  const rows = [
    { areaId: null, name: cityName, label: t('coverage.wholeCity') },
    ...areas.map((area) => ({ areaId: area.id, name: area.name, label: area.name })),
  ];
  return (
    <>
      <h3>{t('coverage.areas')}</h3>
      {rows.map((row) => (
        <button
          key={row.areaId ?? ''}
          type="button"
          className={rowClasses['row']}
          aria-pressed={chosen?.teamId === null && chosen.areaId === row.areaId}
          disabled={night === null}
          onClick={() =>
            night !== null &&
            chooseCoverage({ areaId: row.areaId, teamId: null, ...night, name: row.name })
          }
        >
          <span className={rowClasses['head']}>
            <strong>{row.label}</strong>
            <span className={`${rowClasses['end']} ${rowClasses['quiet']}`}>
              {t('coverage.open')}
            </span>
          </span>
        </button>
      ))}
    </>
  );
}

function Shifts() {
  const { t } = useTranslation('watch');
  const byId = useShiftStore((store) => store.byId);
  const running = useMemo(
    () =>
      [...byId.values()]
        .filter(({ endedAt }) => endedAt === null)
        .sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1)),
    [byId],
  );
  return (
    <>
      <h3>{t('coverage.shifts')}</h3>
      {running.length === 0 && <p className={classes['quiet']}>{t('coverage.noShifts')}</p>}
      {running.map((shift) => (
        <ShiftRow key={shift.id} shift={shift} />
      ))}
    </>
  );
}

function ShiftRow({ shift }: { shift: ShiftView }) {
  const { t } = useTranslation('watch');
  const format = useFormat();
  const team = usePatrols((store) => store.teams.get(shift.teamId)?.name ?? '');
  const lateMs = shift.checkInDueAt === null ? 0 : format.now - Date.parse(shift.checkInDueAt);
  const checkIn =
    shift.checkInDueAt === null
      ? t('coverage.checkInNone')
      : lateMs > 0
        ? t('coverage.checkInLate', { time: format.duration(lateMs) })
        : t('coverage.checkIn', { time: format.time(shift.checkInDueAt) });
  return (
    <button
      type="button"
      className={rowClasses['row']}
      onClick={() =>
        chooseCoverage({
          areaId: null,
          teamId: shift.teamId,
          from: shift.startedAt,
          to: null,
          name: team,
        })
      }
    >
      <span className={rowClasses['head']}>
        <strong>{team}</strong>
        <span className={`${rowClasses['end']} ${rowClasses['quiet']}`}>{t('coverage.open')}</span>
      </span>
      <span className={rowClasses['quiet']}>
        {[
          t('coverage.members', { count: shift.memberCount }),
          ...(shift.agencies.length > 1 ? [t('coverage.joint')] : []),
          ...(shift.vehicle === '' ? [] : [shift.vehicle]),
          format.duration(format.now - Date.parse(shift.startedAt)),
        ].join(' · ')}
      </span>
      <span className={lateMs > 0 ? rowClasses['late'] : rowClasses['quiet']}>{checkIn}</span>
    </button>
  );
}
