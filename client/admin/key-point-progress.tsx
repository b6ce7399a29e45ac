import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import classes from './page.module.css';
import type { Sent } from './send-key-points.ts';

/** How far the sending is, and what became of what was sent. */
export function SendProgress({ sent }: { sent: Sent }) {
  const { t } = useTranslation('admin');
  if (sent.total === 0) return null;
  const { done, total, refused } = sent;
  return (
    <div className={classes['stack']}>
      <p role="status">
        {t('keyPoints.file.progress', { done, total })} ·{' '}
        {t('keyPoints.file.result', { added: sent.added, changed: sent.changed })}
      </p>
      {refused.length > 0 && (
        <>
          <p className={classes['error']} role="alert">
            {t('keyPoints.file.refused', { count: refused.length })}
          </p>
          <ul className={classes['list']}>
            {refused.map(({ row, code }) => (
              <li key={row.id}>
                {row.name}:{' '}
                {t(
                  code === 'outside_city'
                    ? 'keyPoints.file.refusedOutside'
                    : 'keyPoints.file.refusedInvalid',
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {done === total && !sent.sending && (
        <span>
          <Button
            component={Link}
            href="/admin/key-points"
            variant="default"
            h={48}
            className={classes['cancel'] ?? ''}
          >
            {t('keyPoints.file.toList')}
          </Button>
        </span>
      )}
    </div>
  );
}
