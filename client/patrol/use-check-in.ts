import { useTranslation } from 'react-i18next';
import type { ShiftView } from '../../shared/shifts/schema.ts';
import { notifyDone } from '../ui/notify.tsx';
import { useAct } from './use-act.ts';

/** "We are fine", for the running shift. */
export function useCheckIn(shift: ShiftView | null): () => void {
  const { t } = useTranslation('crew');
  const act = useAct();
  return () => {
    if (shift === null) return;
    void act({ kind: 'shift.checkIn', shiftId: shift.id }).then((kept) => {
      if (kept) notifyDone(t('checkIn.done'));
    });
  };
}
