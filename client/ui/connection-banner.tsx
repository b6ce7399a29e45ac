/** A quiet line when the connection is lost, with the time of the last update; nothing when all is well. */
import { IconCloudOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../kernel/connection.ts';
import { useFormat } from '../kernel/use-format.ts';
import classes from './connection-banner.module.css';

export function ConnectionBanner() {
  const { t } = useTranslation('common');
  const { state, lastHeardAt } = useConnection();
  const format = useFormat();
  return (
    <div role="status" aria-live="polite">
      {state === 'offline' && (
        <p className={classes['banner']}>
          <IconCloudOff size={18} aria-hidden />
          {lastHeardAt === null
            ? t('connection.offline')
            : t('connection.offlineSince', {
                time: format.time(lastHeardAt),
                ago: format.ago(lastHeardAt),
              })}
        </p>
      )}
    </div>
  );
}
