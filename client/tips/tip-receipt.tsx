/** After a public tip: the code that finds it again, large, to copy or to note down. */
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BigButton } from '../ui/big-button.tsx';
import { TrackingCode } from './tracking-code.tsx';
import classes from './tips.module.css';

export function TipReceipt(props: { code: string }) {
  const { t } = useTranslation(['tips', 'common']);
  const [copied, setCopied] = useState(false);
  const copy = () => {
    // Refused or absent (a page without TLS): the code stands above to be noted down.
    void navigator.clipboard?.writeText(props.code).then(
      () => {
        setCopied(true);
        setTimeout(() => setCopied(false), 3_000);
      },
      () => undefined,
    );
  };
  return (
    <div className={classes['receipt']}>
      <h2 className={classes['small']}>{t('tips:code.title')}</h2>
      <TrackingCode code={props.code} big />
      <p className={classes['meta']}>{t('tips:code.text')}</p>
      <div className={classes['ways']}>
        <BigButton
          onClick={copy}
          icon={copied ? <IconCheck size={20} aria-hidden /> : <IconCopy size={20} aria-hidden />}
        >
          {copied ? t('common:copied') : t('common:copy')}
        </BigButton>
        <BigButton href={`/t/${props.code}`}>{t('tips:code.see')}</BigButton>
      </div>
    </div>
  );
}
