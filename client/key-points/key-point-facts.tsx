/** A key point as a patrol needs it: how it stands, who saw it last and how, its hours and how often. */
import { useTranslation } from 'react-i18next';
import { everyMinutesOf } from '../../shared/key-points/due.ts';
import type { ColdNight } from '../../shared/key-points/due.ts';
import { useFormat } from '../kernel/use-format.ts';
import type { JudgedKeyPoint } from './judged.ts';
import classes from './key-points.module.css';
import { useDueWords } from './use-due-words.ts';

export function KeyPointFacts(props: {
  judged: JudgedKeyPoint;
  coldNight: ColdNight;
  /** of the team that saw it last */
  teamName: string | null;
}) {
  const { t } = useTranslation('keyPoints');
  const format = useFormat();
  const dueWords = useDueWords();
  const { keyPoint, due } = props.judged;
  const every = everyMinutesOf(keyPoint, props.coldNight) * 60_000;
  const hours =
    keyPoint.fromHour === keyPoint.toHour
      ? t('allDay')
      : t('hours', { from: two(keyPoint.fromHour), to: two(keyPoint.toHour) });
  return (
    <div className={classes['facts']}>
      <p className={classes['due']} data-state={due.state}>
        <strong>{dueWords(props.judged)}</strong>
      </p>
      <p>
        {keyPoint.lastVisitAt === null
          ? t('never')
          : t('lastSeen', {
              team: props.teamName ?? t('unknownTeam'),
              ago: format.ago(keyPoint.lastVisitAt),
              how: t(`how.${keyPoint.lastVisitHow ?? 'recorded'}`),
            })}
      </p>
      <p className={classes['quiet']}>
        {t(`kind.${keyPoint.kind}`)} · {hours} · {t('every', { duration: format.duration(every) })}
      </p>
      {keyPoint.note !== '' && <p className={classes['quiet']}>{keyPoint.note}</p>}
    </div>
  );
}

const two = (hour: number): string => String(hour).padStart(2, '0');
