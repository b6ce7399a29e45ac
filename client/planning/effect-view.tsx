/** What a move would do, before it is done: this place, the others, what breaks. */
import { IconAlertTriangle, IconBan, IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MoveEffect } from '../../shared/planning/schema.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useFormat } from '../kernel/use-format.ts';
import { Spinner } from '../ui/spinner.tsx';
import classes from './effect-view.module.css';
import type { ShownEffect } from './move-effect.ts';
import { useSceneWords } from './scene.ts';

const othersShown = 4;

export function EffectView({ shown }: { shown: ShownEffect }) {
  const { t } = useTranslation('planDesk');
  const { sentence } = useFaultWords();
  if (shown.fault !== null) return <p className={classes['bad']}>{sentence(shown.fault)}</p>;
  if (shown.effect === null)
    return (
      <p className={classes['quiet']}>
        <Spinner size={16} /> {t('effect.asking')}
      </p>
    );
  return <Effect effect={shown.effect} />;
}

function Effect({ effect }: { effect: MoveEffect }) {
  const { t } = useTranslation('planDesk');
  const words = useSceneWords();
  const shift = useShiftWords();
  // Whom it makes late is said once, as what breaks.
  const saidLate = new Set(
    effect.breaks.flatMap((reason) => (reason.code === 'late_for' ? [reason.jobId] : [])),
  );
  const others = effect.others.filter(
    ({ jobId, deltaMinutes }) => Math.round(deltaMinutes) !== 0 && !saidLate.has(jobId),
  );
  // Weighted by urgency: its direction means something to a person, its size does not.
  const weighted = Math.round(effect.outsideDelta);
  const breaks = effect.breaks.length > 0;
  return (
    <div className={classes['effect']} data-possible={effect.possible}>
      <p className={effect.possible ? classes['head'] : classes['bad']}>
        {!effect.possible ? (
          <IconBan size={18} aria-hidden />
        ) : breaks ? (
          <IconAlertTriangle size={18} aria-hidden />
        ) : (
          <IconCheck size={18} aria-hidden />
        )}
        <strong>
          {effect.possible
            ? t('effect.here', { shift: shift(effect.deltaMinutes) })
            : t('effect.impossible')}
        </strong>
      </p>
      {breaks && (
        <ul className={classes['breaks']}>
          {effect.breaks.map((reason) => (
            <li key={JSON.stringify(reason)}>{words.reason(reason)}</li>
          ))}
        </ul>
      )}
      {effect.possible && others.length > 0 && (
        <ul className={classes['others']}>
          {others.slice(0, othersShown).map(({ jobId, deltaMinutes }) => (
            <li key={jobId}>
              {t('effect.other', { job: words.job(jobId), shift: shift(deltaMinutes) })}
            </li>
          ))}
          {others.length > othersShown && (
            <li>{t('effect.more', { count: others.length - othersShown })}</li>
          )}
        </ul>
      )}
      {effect.possible && others.length === 0 && !breaks && (
        <p className={classes['quiet']}>{t('effect.noOthers')}</p>
      )}
      {effect.possible && weighted !== 0 && (
        <p className={classes['quiet']}>{t(weighted > 0 ? 'effect.worse' : 'effect.better')}</p>
      )}
    </div>
  );
}

/** "9 min later", "12 min sooner", "at the same time". */
function useShiftWords(): (deltaMinutes: number) => string {
  const { t } = useTranslation('planDesk');
  const format = useFormat();
  return (deltaMinutes) => {
    const minutes = Math.round(deltaMinutes);
    if (minutes === 0) return t('effect.same');
    const duration = format.duration(Math.abs(minutes) * 60_000);
    return t(minutes > 0 ? 'effect.later' : 'effect.sooner', { duration });
  };
}
