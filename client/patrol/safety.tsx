/** The crew's own safety, above everything else on the screen: its call for help, and the sign of life it owes. */
import { useTranslation } from 'react-i18next';
import type { TeamPosition } from '../../shared/patrols/schema.ts';
import type { ShiftView } from '../../shared/shifts/schema.ts';
import { CheckInBanner } from '../crew/check-in.tsx';
import { HoldButton } from '../crew/hold-button.tsx';
import { SosPanel } from '../crew/sos-panel.tsx';
import { useAlarms } from '../crew/store.ts';
import { retryNow, sendAgain } from '../kernel/outbox/outbox.ts';
import { useLastPlace } from './last-place.ts';
import { useCheckIn } from './use-check-in.ts';
import { useRaiseSos, useRaisedSos } from './use-sos.ts';

/** A vehicle's own tracker may know more, but only when this tablet hasn't known for a while. */
const patienceMs = 2 * 60_000;
function latest(own: TeamPosition | null, heard: TeamPosition | null): TeamPosition | null {
  if (own === null || heard === null) return own ?? heard;
  return Date.parse(heard.at) - Date.parse(own.at) > patienceMs ? heard : own;
}

export function Sos({ teamId, heard }: { teamId: string; heard: TeamPosition | null }) {
  const { t } = useTranslation('crew');
  const measured = useLastPlace((store) => store.place);
  const own = measured?.teamId === teamId ? measured : null;
  const last = latest(own, heard);
  const { raise, ask } = useRaiseSos(last);
  return (
    <HoldButton label={t('sos.button')} onHeld={raise} onAsked={ask}>
      SOS
    </HoldButton>
  );
}

export function Safety(props: { teamId: string; shift: ShiftView | null; hotline: string }) {
  const { teamId, shift } = props;
  const sos = useRaisedSos(teamId);
  const missed = useAlarms().some(
    (alarm) => alarm.teamId === teamId && alarm.kind === 'missed_check_in',
  );
  const checkIn = useCheckIn(shift);
  const retry = (id: string) => {
    retryNow();
    // Also one that was refused.
    void sendAgain(id).catch(() => undefined);
  };
  return (
    <>
      {sos && <SosPanel sos={sos} hotline={props.hotline} onRetry={() => retry(sos.id)} />}
      <CheckInBanner dueAt={shift?.checkInDueAt ?? null} missed={missed} onCheckIn={checkIn} />
    </>
  );
}
