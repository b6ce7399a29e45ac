/** How the field of cells stands, where it isn't simply there: on its way, not to be had, kept from earlier. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../kernel/connection.ts';
import { useFormat } from '../kernel/use-format.ts';
import { BigButton } from '../ui/big-button.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import classes from './cold-state.module.css';
import { useCold } from './store.ts';

/** Above a list of places; says nothing while all is well. */
export function ColdState() {
  const { t } = useTranslation(['zones', 'common']);
  const { field, error, retry } = useCold();
  const offline = useConnection(({ state }) => state === 'offline');
  const format = useFormat();
  if (field === null && error === null)
    return <StateBlock kind={offline ? 'offline' : 'loading'} compact />;
  if (field === null)
    return (
      <StateBlock
        kind={offline ? 'offline' : 'error'}
        compact
        title={t('zones:where.failed')}
        text={t('zones:where.failedText')}
        onRetry={retry}
      />
    );
  if (offline) return <Note>{t('zones:where.offline')}</Note>;
  if (error !== null)
    return (
      <Note>
        {t('zones:where.kept', { ago: format.ago(field.asOf) })}{' '}
        <BigButton tone="quiet" full={false} onClick={retry}>
          {t('common:retry')}
        </BigButton>
      </Note>
    );
  return field.revision === 0 ? <Note>{t('zones:where.noForecast')}</Note> : null;
}

function Note({ children }: { children: ReactNode }) {
  return (
    <p className={classes['note']} role="status">
      {children}
    </p>
  );
}
