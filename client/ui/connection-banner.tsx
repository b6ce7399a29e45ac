/** A quiet line when the connection is lost, with the time of the last update; nothing when all is well. */
import { IconCloudOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../kernel/connection.ts';
import { useFormat } from '../kernel/use-format.ts';
import classes from './connection-banner.module.css';

const oldMs = 60_000;

export function ConnectionBanner() {
  const { t } = useTranslation('common');
  const { state, lastHeardAt } = useConnection();
  const format = useFormat();
  // While it is still being tried, what is shown from an earlier run must not pass for the present.
  const old =
    state === 'connecting' && lastHeardAt !== null && format.now - Date.parse(lastHeardAt) > oldMs;
  const times = lastHeardAt && { time: format.time(lastHeardAt), ago: format.ago(lastHeardAt) };
  return (
    <div role="status" aria-live="polite">
      {(state === 'offline' || old) && (
        <p className={classes['banner']}>
          <IconCloudOff size={18} aria-hidden />
          {times ? t('connection.offlineSince', times) : t('connection.offline')}
        </p>
      )}
    </div>
  );
}
