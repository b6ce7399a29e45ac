import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { faultOf } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { BigButton } from '../ui/big-button.tsx';
import { askToConfirm } from '../ui/confirm.tsx';
import { notifyDone, notifyFault } from '../ui/notify.tsx';
import classes from './page.module.css';

/** Removing a team, an area, a station, a key point, a tracker, a vehicle or a depot: what it means is said first, and asked once more. */
export function RemoveCard(props: {
  name: string;
  words: 'teams' | 'areas' | 'stations' | 'keyPoints' | 'trackers' | 'vehicles' | 'depots';
  home: string;
  call: () => Promise<unknown>;
}) {
  const { t } = useTranslation('admin');
  const { sentence } = useFaultWords();
  const [, go] = useLocation();
  const [busy, setBusy] = useState(false);
  const { name, words } = props;
  const remove = async () => {
    const sure = await askToConfirm({
      title: t(`${words}.removeAsk`, { name }),
      text: t(`${words}.removeText`),
      confirm: t(`${words}.remove`),
      danger: true,
    });
    if (!sure) return;
    setBusy(true);
    try {
      await props.call();
      notifyDone(t(`${words}.removed`));
      go(props.home);
    } catch (error) {
      const fault = faultOf(error);
      notifyFault(fault.code === 'team_busy' ? t('teams.busy') : sentence(fault));
      setBusy(false);
    }
  };
  return (
    <section className={classes['card']}>
      <h3>{t(`${words}.remove`)}</h3>
      <p>{t(`${words}.removeText`)}</p>
      <span>
        <BigButton
          full={false}
          loading={busy}
          icon={<IconTrash size={20} aria-hidden />}
          onClick={() => void remove()}
        >
          {t(`${words}.remove`)}
        </BigButton>
      </span>
    </section>
  );
}
