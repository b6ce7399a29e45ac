/** One drawn area: what it weighs, when, why; and, for those who may, changing and removing it. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ZoneView } from '../../shared/zones/schema.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { BigButton } from '../ui/big-button.tsx';
import { askToConfirm } from '../ui/confirm.tsx';
import { notifyFault } from '../ui/notify.tsx';
import { useZoneWords } from './use-zone-words.ts';
import classes from './zone-card.module.css';

export function ZoneCard(props: {
  zone: ZoneView;
  /** without it nothing can be changed here */
  onEdit?: (() => void) | undefined;
  onRemoved?: () => void;
}) {
  const { t } = useTranslation(['zones', 'common']);
  const { sentence } = useFaultWords();
  const [busy, setBusy] = useState(false);
  const { zone } = props;
  const { hours, counts } = useZoneWords()(zone);
  const remove = async () => {
    const sure = await askToConfirm({
      title: t('zones:zoneCard.removeTitle', { name: zone.name }),
      text: t('zones:zoneCard.removeText'),
      confirm: t('common:remove'),
    });
    if (!sure) return;
    setBusy(true);
    try {
      await api.zones.remove.mutate({ id: zone.id });
      props.onRemoved?.();
    } catch (error) {
      notifyFault(sentence(faultOf(error)));
      setBusy(false);
    }
  };
  return (
    <div className={classes['card']}>
      <p>{t('zones:zoneCard.weightText', { weight: zone.weight })}</p>
      <p data-on={counts || undefined}>
        {counts ? t('zones:zoneCard.hoursOn', { hours }) : t('zones:zoneCard.hoursOff', { hours })}
      </p>
      <p className={classes['quiet']}>
        {zone.note === '' ? t('zones:zoneCard.noNote') : zone.note}
      </p>
      {props.onEdit && (
        <div className={classes['pair']}>
          <BigButton onClick={props.onEdit}>{t('zones:zoneCard.edit')}</BigButton>
          <BigButton tone="quiet" loading={busy} onClick={() => void remove()}>
            {t('common:remove')}
          </BigButton>
        </div>
      )}
    </div>
  );
}
