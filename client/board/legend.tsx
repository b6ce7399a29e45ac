/** What the colours on the map mean, in words. */
import { useTranslation } from 'react-i18next';
import { Switch } from '@mantine/core';
import { useState } from 'react';
import { usePlanScreen } from '../planning/screen-store.ts';
import { PriorityMark } from '../ui/priority-mark.tsx';
import { ColdLegend } from '../zones/cold-legend.tsx';
import classes from './legend.module.css';
import { useBoard } from './store.ts';

const steps = [1, 2, 3, 4] as const;

export function Legend() {
  const { t } = useTranslation(['board', 'clusters', 'planDesk', 'roads', 'watch']);
  const showCells = useBoard((board) => board.showCells);
  const hoursAhead = useBoard((board) => board.hoursAhead);
  const showKeyPoints = useBoard((board) => board.showKeyPoints);
  const planOnMap = usePlanScreen((screen) => screen.onMap);
  const [open, setOpen] = useState(false);
  return (
    <div className={classes['legend']}>
      <button
        type="button"
        className={classes['toggle']}
        aria-expanded={open}
        onClick={() => setOpen((was) => !was)}
      >
        {t('board:layers.legend')}
      </button>
      {open && (
        <div className={classes['body']}>
          <p className={classes['name']}>{t('board:layers.priority')}</p>
          <ul>
            {steps.toReversed().map((level) => (
              <li key={level}>
                <PriorityMark level={level} label={t('clusters:priority.label', { level })} />
                {t(`clusters:priority.${level}`)}
              </li>
            ))}
          </ul>
          <ColdLegend hoursAhead={hoursAhead} />
          <Switch
            size="md"
            checked={showCells}
            label={t('board:layers.cells')}
            onChange={(event) => useBoard.setState({ showCells: event.currentTarget.checked })}
          />
          <Switch
            size="md"
            checked={showKeyPoints}
            label={t('watch:coverage.showPoints')}
            onChange={(event) => useBoard.setState({ showKeyPoints: event.currentTarget.checked })}
          />
          <Switch
            size="md"
            checked={planOnMap}
            label={t('planDesk:onMap')}
            description={`${t('planDesk:routeProposed')} · ${t('planDesk:routeSent')}`}
            onChange={(event) => usePlanScreen.setState({ onMap: event.currentTarget.checked })}
          />
          <p className={classes['name']}>
            <span className={classes['team']} aria-hidden /> {t('board:layers.team')}
            <br />
            <span className={classes['station']} aria-hidden /> {t('board:layers.station')}
            <br />
            <span className={classes['recheck']} aria-hidden /> {t('board:layers.recheck')}
            <br />
            <span className={classes['closure']} aria-hidden /> {t('roads:closure.legend')}
          </p>
        </div>
      )}
    </div>
  );
}
