import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { SourceView } from '../../shared/weather/schema.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { BigButton } from '../ui/big-button.tsx';
import { askToConfirm } from '../ui/confirm.tsx';
import { notifyDone, notifyFault } from '../ui/notify.tsx';
import classes from './page.module.css';

export function RemoveSource({ source, home }: { source: SourceView; home: string }) {
  const { t } = useTranslation('adminNight');
  const { sentence } = useFaultWords();
  const [, go] = useLocation();
  const [busy, setBusy] = useState(false);
  const remove = async () => {
    const sure = await askToConfirm({
      title: t('sources.removeAsk', { name: source.name }),
      text: t('sources.removeText'),
      confirm: t('sources.remove'),
      danger: true,
    });
    if (!sure) return;
    setBusy(true);
    try {
      await api.weather.removeSource.mutate({ id: source.id });
      notifyDone(t('sources.removed'));
      go(home);
    } catch (error) {
      notifyFault(sentence(faultOf(error)));
      setBusy(false);
    }
  };
  return (
    <section className={classes['card']}>
      <h3>{t('sources.remove')}</h3>
      <p>{t('sources.removeText')}</p>
      <span>
        <BigButton
          full={false}
          loading={busy}
          icon={<IconTrash size={20} aria-hidden />}
          onClick={() => void remove()}
        >
          {t('sources.remove')}
        </BigButton>
      </span>
    </section>
  );
}
