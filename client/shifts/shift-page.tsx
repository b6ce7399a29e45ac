/** The running shift: its facts, the next sign of life, and its end with what was done in it. */
import { IconHeartHandshake } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShiftView } from '../../shared/shifts/schema.ts';
import { BigButton } from '../ui/big-button.tsx';
import classes from './shifts.module.css';
import { ShiftFacts } from './shift-facts.tsx';

export interface ShiftSummary {
  peopleMet: number;
  keyPointsSeen: number;
  openTasks: number;
  /** records that are still on this tablet */
  waiting: number;
}

export interface ShiftPageProps {
  shift: ShiftView;
  areaName: string | null;
  summary: ShiftSummary;
  /** when the next sign of life is due, in words */
  nextCheckIn: string;
  checkInLabel: string;
  onCheckIn: () => void;
  onEnd: () => Promise<boolean>;
  onBack: () => void;
  /** e.g. that its start still waits to be sent */
  mark?: ReactNode;
}

export function ShiftPage(props: ShiftPageProps) {
  const { t } = useTranslation(['shifts', 'common']);
  const { shift, summary } = props;
  const [ending, setEnding] = useState(false);
  const [busy, setBusy] = useState(false);
  const end = async () => {
    setBusy(true);
    if (await props.onEnd()) props.onBack();
    setBusy(false);
  };
  const title = ending ? t('shifts:end.title') : t('shifts:running.title');
  return (
    <section className={classes['form']} aria-label={title}>
      <header className={classes['head']}>
        <h2>{title}</h2>
        <BigButton tone="quiet" full={false} onClick={props.onBack}>
          {t('common:back')}
        </BigButton>
      </header>
      <ShiftFacts shift={shift} areaName={props.areaName} />
      {props.mark}
      <ul className={classes['summary']} aria-label={t('shifts:end.summary')}>
        <li>{t('shifts:end.met', { count: summary.peopleMet })}</li>
        <li>{t('shifts:end.points', { count: summary.keyPointsSeen })}</li>
      </ul>
      {ending ? (
        <>
          {summary.openTasks > 0 && (
            <p className={classes['notice']}>
              {t('shifts:end.tasks', { count: summary.openTasks })}
            </p>
          )}
          <p className={summary.waiting > 0 ? classes['notice'] : classes['quiet']}>
            {summary.waiting > 0
              ? t('shifts:end.waiting', { count: summary.waiting })
              : t('shifts:end.nothingWaiting')}
          </p>
          <BigButton tone="main" tall loading={busy} onClick={() => void end()}>
            {t('shifts:end.save')}
          </BigButton>
          <BigButton onClick={() => setEnding(false)}>{t('shifts:end.keep')}</BigButton>
        </>
      ) : (
        <>
          <p className={classes['quiet']}>{props.nextCheckIn}</p>
          <BigButton
            tall
            icon={<IconHeartHandshake size={26} aria-hidden />}
            onClick={props.onCheckIn}
          >
            {props.checkInLabel}
          </BigButton>
          <BigButton onClick={() => setEnding(true)}>{t('shifts:end.open')}</BigButton>
        </>
      )}
    </section>
  );
}
