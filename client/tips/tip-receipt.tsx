/** After a public tip: the code that finds it again, large, to copy or to note down. */
import { CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { BigButton } from '../ui/big-button.tsx';
import { TrackingCode } from './tracking-code.tsx';
import classes from './tips.module.css';

export function TipReceipt(props: { code: string }) {
  const { t } = useTranslation(['tips', 'common']);
  return (
    <div className={classes['receipt']}>
      <h2 className={classes['small']}>{t('tips:code.title')}</h2>
      <TrackingCode code={props.code} big />
      <p className={classes['meta']}>{t('tips:code.text')}</p>
      <div className={classes['ways']}>
        <CopyButton value={props.code} timeout={3000}>
          {({ copied, copy }) => (
            <BigButton
              onClick={copy}
              icon={
                copied ? <IconCheck size={20} aria-hidden /> : <IconCopy size={20} aria-hidden />
              }
            >
              {copied ? t('common:copied') : t('common:copy')}
            </BigButton>
          )}
        </CopyButton>
        <BigButton href={`/t/${props.code}`}>{t('tips:code.see')}</BigButton>
      </div>
    </div>
  );
}
