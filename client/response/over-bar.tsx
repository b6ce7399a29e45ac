/** Past the hour until which a response was expected, it is still in force: said until somebody extends or ends it. */
import { useTranslation } from 'react-i18next';
import { useFormat } from '../kernel/use-format.ts';
import { BigButton } from '../ui/big-button.tsx';
import classes from './response.module.css';
import { useWornNight } from './store.ts';

export function OverBar(props: { mayAct: boolean; onOpen: () => void }) {
  const { t } = useTranslation('responseDesk');
  const night = useWornNight();
  const format = useFormat();
  const untilAt = night?.untilAt ?? null;
  if (untilAt === null || Date.parse(untilAt) > format.now) return null;
  return (
    <section className={classes['bar']} aria-label={t('overLabel')}>
      <span className={classes['barWords']}>
        <strong role="status">{t('over', { time: format.time(untilAt) })}</strong>
      </span>
      {props.mayAct && (
        <BigButton full={false} onClick={props.onOpen}>
          {t('change')}
        </BigButton>
      )}
    </section>
  );
}
