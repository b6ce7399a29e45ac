/** What is closed now, since when and why, and the way to open it again. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useFormat } from '../kernel/use-format.ts';
import { BigButton } from '../ui/big-button.tsx';
import { notifyDone, notifyFault } from '../ui/notify.tsx';
import classes from './closures.module.css';
import { useClosures } from './store.ts';

/** @param onDraw absent: the caller may look only */
export function ClosureList({ onDraw }: { onDraw?: () => void }) {
  const { t } = useTranslation('roads');
  const format = useFormat();
  const { sentence } = useFaultWords();
  const closures = useClosures();
  const [busy, setBusy] = useState<string | null>(null);
  const open = async (id: string) => {
    setBusy(id);
    try {
      await api.roads.open.mutate({ id });
      notifyDone(t('closure.opened'));
    } catch (error) {
      notifyFault(sentence(faultOf(error)));
    } finally {
      setBusy(null);
    }
  };
  return (
    <section className={classes['closures']} aria-label={t('closure.title')}>
      <h2>{t('closure.title')}</h2>
      {closures.length === 0 && <p className={classes['hint']}>{t('closure.none')}</p>}
      <ul>
        {closures.map(({ id, reason, closedAt }) => (
          <li key={id}>
            <span>
              <strong>{reason}</strong>
              <small>{t('closure.since', { ago: format.ago(closedAt) })}</small>
            </span>
            {onDraw && (
              <BigButton
                tone="quiet"
                full={false}
                loading={busy === id}
                onClick={() => void open(id)}
              >
                {t('closure.open')}
              </BigButton>
            )}
          </li>
        ))}
      </ul>
      {onDraw && <BigButton onClick={onDraw}>{t('closure.draw')}</BigButton>}
    </section>
  );
}
