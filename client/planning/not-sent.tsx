import { useTranslation } from 'react-i18next';
import { CloseButton } from '../ui/close-button.tsx';
import classes from './proposals.module.css';
import { usePlaceWords, usePlanScene } from './scene.ts';
import { usePlanScreen } from './screen-store.ts';

/** What an acceptance could not do, until it is put away. */
export function NotSent() {
  const { t } = useTranslation('planDesk');
  const scene = usePlanScene();
  const placeWords = usePlaceWords();
  const refused = usePlanScreen((screen) => screen.refused);
  if (refused.length === 0) return null;
  return (
    <section className={classes['refused']} aria-label={t('notSentTitle')}>
      <span className={classes['refusedHead']}>
        <h2>{t('notSentTitle')}</h2>
        <CloseButton onClose={() => usePlanScreen.setState({ refused: [] })} />
      </span>
      <ul>
        {refused.map((stop) => (
          <li key={`${stop.jobId} ${stop.teamId}`}>
            {scene.team(stop.teamId)} → {placeWords(stop)}:{' '}
            {stop.refused && t(`refused.${stop.refused.code}`)}
          </li>
        ))}
      </ul>
    </section>
  );
}
