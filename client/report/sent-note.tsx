/** After send: thanks, the tracking code of a public tip, and the way to report another place. */
import { IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Receipt } from '../sightings/outbox.ts';
import { TipReceipt } from '../tips/tip-receipt.tsx';
import { BigButton } from '../ui/big-button.tsx';
import classes from './report.module.css';

/** `receipt` null: it waits in the outbox, whose own card says so. */
export function SentNote(props: {
  receipt: Receipt | null;
  outbox: ReactNode;
  onAgain: () => void;
}) {
  const { t } = useTranslation('sightings');
  const { receipt } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    window.scrollTo({ top: 0 });
    heading.current?.focus();
  }, [receipt]);
  return (
    <section className={classes['note']} aria-live="polite">
      {receipt !== null && (
        <>
          <h1 ref={heading} tabIndex={-1} className={classes['noteTitle']}>
            <IconCircleCheck size={30} aria-hidden />
            {t('sent.title')}
          </h1>
          <p className={classes['lead']}>{t('sent.text')}</p>
          {receipt.trackingCode !== null && <TipReceipt code={receipt.trackingCode} />}
        </>
      )}
      {props.outbox}
      <BigButton tall onClick={props.onAgain}>
        {t('report.again')}
      </BigButton>
    </section>
  );
}
