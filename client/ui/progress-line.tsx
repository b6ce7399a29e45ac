/** What became of a report: a picture, a word and a sentence. */
import { IconCheck, IconCircleCheck, IconEyeOff, IconInbox, IconTruck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SightingProgress } from '../../shared/sightings/schema.ts';
import classes from './progress-line.module.css';

const pictures: Record<SightingProgress, ReactNode> = {
  received: <IconInbox size={24} aria-hidden />,
  on_the_way: <IconTruck size={24} aria-hidden />,
  reached: <IconCircleCheck size={24} aria-hidden />,
  not_found: <IconEyeOff size={24} aria-hidden />,
  closed: <IconCheck size={24} aria-hidden />,
};

export function ProgressLine(props: { progress: SightingProgress }) {
  const { t } = useTranslation('sightings');
  return (
    <div className={classes['line']} data-progress={props.progress}>
      <p className={classes['word']}>
        {pictures[props.progress]}
        {t(`progress.${props.progress}`)}
      </p>
      <p className={classes['text']}>{t(`progressText.${props.progress}`)}</p>
    </div>
  );
}
