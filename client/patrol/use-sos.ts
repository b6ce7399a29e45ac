/** The crew's own call for help: raised in one go, and followed until the desk has ended it. */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Sos } from '../../shared/crew/schema.ts';
import type { FieldAction } from '../../shared/field/schema.ts';
import type { TeamPosition } from '../../shared/patrols/schema.ts';
import { useAlarms } from '../crew/store.ts';
import type { RaisedSos } from '../crew/sos-panel.tsx';
import { newId } from '../kernel/id.ts';
import { useOutbox } from '../kernel/outbox/outbox.ts';
import { useSession } from '../kernel/session.tsx';
import { askToConfirm } from '../ui/confirm.tsx';
import { notifyNews } from '../ui/notify.tsx';
import { useOwnActions } from './own-actions.ts';
import { useAct } from './use-act.ts';

/** @param position the last one known, measured or heard; null = none ever */
export function useRaiseSos(position: TeamPosition | null) {
  const { t } = useTranslation('crew');
  const act = useAct();
  const raise = () => {
    const id = newId();
    const place: Sos['place'] =
      position === null
        ? null
        : {
            position: { lon: position.lon, lat: position.lat },
            accuracyMeters: position.accuracyMeters,
            at: position.at,
          };
    void act({ kind: 'sos.raise', sos: { id, place } }, { id });
  };
  const ask = () => {
    void askToConfirm({ title: t('sos.ask'), text: t('sos.askText'), confirm: t('sos.doIt') }).then(
      (sure) => {
        if (sure) raise();
      },
    );
  };
  return { raise, ask };
}

/** The one that is not over yet, also when it still waits on this tablet; says so when the desk has ended it. */
export function useRaisedSos(teamId: string): RaisedSos | null {
  const { t } = useTranslation('crew');
  const sos = useRaised(teamId);
  const before = useRef(sos);
  useEffect(() => {
    if (before.current?.alarm && sos === null) notifyNews(t('sos.over'));
    before.current = sos;
  }, [sos, t]);
  return sos;
}

function useRaised(teamId: string): RaisedSos | null {
  const { session } = useSession();
  const alarms = useAlarms();
  const actions = useOwnActions(session?.user.id ?? null);
  const items = useOutbox((store) => store.items);
  const alarm = alarms.find((each) => each.teamId === teamId && each.kind === 'sos') ?? null;
  // What has not reached anybody goes before what has; one that the server would not take stays in sight, too.
  const kept = items.findLast(
    ({ kind, userId }) => kind === 'sos.raise' && userId === session?.user.id,
  )?.payload as Extract<FieldAction, { kind: 'sos.raise' }> | undefined;
  const raised = kept ?? actions.findLast((action) => action.kind === 'sos.raise');
  if (alarm !== null && (kept === undefined || kept.id === alarm.id))
    return {
      id: alarm.id,
      at: alarm.raisedAt,
      place:
        alarm.lon === null || alarm.lat === null
          ? null
          : { lon: alarm.lon, lat: alarm.lat, accuracyMeters: alarm.accuracyMeters },
      waiting: false,
      alarm,
    };
  if (!raised) return null;
  const { place } = raised.sos;
  return {
    id: raised.id,
    at: raised.at,
    place: place && { ...place.position, accuracyMeters: place.accuracyMeters },
    waiting: items.some((item) => item.id === raised.id),
    alarm: null,
  };
}
