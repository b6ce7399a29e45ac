/** After send: that it is kept, that it was received, the tracking code of a public tip, and the way to the next. */
import { IconCircleCheck, IconDeviceMobileDown, IconPlus } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../kernel/i18n.ts';
import { speak } from '../kernel/speech.ts';
import { AttachmentStrip } from '../media/attachment-strip.tsx';
import { TipReceipt } from '../tips/tip-receipt.tsx';
import { BigButton } from '../ui/big-button.tsx';
import classes from './report.module.css';
import type { Last } from './use-reporting.ts';

export function SentNote(props: { last: Last; pictures: boolean; onAgain: () => void }) {
  const { t } = useTranslation(['report', 'sightings']);
  const language = useLanguage();
  const { item, sent, draftId } = props.last;
  const received = item === null;
  const heading = useRef<HTMLHeadingElement>(null);
  const arrive = useEffectEvent(() => {
    window.scrollTo({ top: 0 });
    heading.current?.focus();
    if (props.pictures) speak(t(received ? 'report:received' : 'report:kept'), language);
  });
  useEffect(() => arrive(), [received]);
  const code = received ? (sent?.trackingCode ?? null) : null;
  return (
    <section
      className={classes['note']}
      aria-live="polite"
      data-pictures={props.pictures || undefined}
    >
      <h1
        ref={heading}
        tabIndex={-1}
        className={classes['noteTitle']}
        data-kept={!received || undefined}
      >
        {received ? (
          <IconCircleCheck size={34} aria-hidden />
        ) : (
          <IconDeviceMobileDown size={34} aria-hidden />
        )}
        {received ? t('sightings:sent.title') : t('report:keptTitle')}
      </h1>
      {received ? (
        <p className={classes['lead']}>{t('sightings:sent.text')}</p>
      ) : (
        <p className={classes['lead']}>{t('report:keptText')}</p>
      )}
      {code !== null && <TipReceipt code={code} />}
      <AttachmentStrip subjectId={draftId} />
      <BigButton tall icon={<IconPlus size={26} aria-hidden />} onClick={props.onAgain}>
        {t('sightings:report.again')}
      </BigButton>
    </section>
  );
}
