/** A vehicle broke down, or drives again: told to the server at once, since the plan of the night changes with it. */
import { IconTool } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VehicleView } from '../../shared/vehicles/schema.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { BigButton } from '../ui/big-button.tsx';
import { notifyDone, notifyFault } from '../ui/notify.tsx';

export function VehicleStateButton({ vehicle }: { vehicle: Pick<VehicleView, 'id' | 'state'> }) {
  const { t } = useTranslation('vehicles');
  const { sentence } = useFaultWords();
  const [busy, setBusy] = useState(false);
  const { id } = vehicle;
  const state = vehicle.state === 'ready' ? 'broken' : 'ready';
  const tell = async () => {
    setBusy(true);
    try {
      await api.vehicles.setState.mutate({ id, state });
      notifyDone(t('changed'));
    } catch (error) {
      notifyFault(sentence(faultOf(error)));
    }
    setBusy(false);
  };
  return (
    <BigButton
      full={false}
      loading={busy}
      icon={<IconTool size={20} aria-hidden />}
      onClick={() => void tell()}
    >
      {t(state === 'broken' ? 'sayBroken' : 'sayReady')}
    </BigButton>
  );
}
