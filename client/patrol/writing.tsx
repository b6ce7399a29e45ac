/** The form that is open: a person met, a reason, a visit, the shift. Each is kept on this tablet when it is saved. */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { distanceMeters } from '../../shared/geo/ellipsoid.ts';
import type { Position } from '../../shared/geo/position.ts';
import type { StationView } from '../../shared/stations/schema.ts';
import { DeclineForm } from '../dispatch/decline-form.tsx';
import { visitKey } from '../dispatch/record-draft.ts';
import type { Planned, RecordDraft, Visit } from '../dispatch/record-draft.ts';
import { RecordEncounter } from '../dispatch/record-encounter.tsx';
import { useDispatchStore } from '../dispatch/store.ts';
import { useCity } from '../kernel/city.tsx';
import { useKeyPointStore } from '../key-points/store.ts';
import { VisitForm } from '../key-points/visit-form.tsx';
import { StateWizard } from '../sightings/state-wizard.tsx';
import { useHoldsOf } from '../stations/holds.ts';
import { useStations } from '../stations/store.ts';
import { BigButton } from '../ui/big-button.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import { EvidencePart, useEvidence } from './evidence.tsx';
import { useDistanceWords, useHere } from './here.ts';
import { stopWriting, usePatrolScreen } from './store.ts';
import { useTaskPlans } from './task-plans.ts';
import { useActOrThrow } from './use-act.ts';
import { expectEndOf } from './use-notices.ts';

export function Declining({ dispatchId }: { dispatchId: string }) {
  const act = useActOrThrow();
  return (
    <DeclineForm
      onSend={(reason) => {
        // Its end is then no news to this screen.
        expectEndOf(dispatchId);
        return act({ kind: 'dispatch.decline', dispatchId, reason });
      }}
      onDone={stopWriting}
      onBack={stopWriting}
    />
  );
}

export function Visiting({ keyPointId }: { keyPointId: string }) {
  const { t } = useTranslation('keyPoints');
  const act = useActOrThrow();
  const evidence = useEvidence(`visit ${keyPointId}`);
  const keyPoint = useKeyPointStore((store) => store.byId.get(keyPointId));
  const { here, measured } = useHere();
  if (!keyPoint) return <StateBlock kind="empty" title={t('gone')} />;
  return (
    <VisitForm
      keyPoint={keyPoint}
      here={measured ? here : null}
      onSend={async (visit) => {
        await act({ kind: 'keyPoint.visit', visit }, { id: visit.id, title: keyPoint.name });
        await evidence.send('visit', visit.id, `keyPoint:${keyPointId}`);
      }}
      onDone={stopWriting}
      onBack={stopWriting}
      media={<EvidencePart evidence={evidence} />}
    />
  );
}

function usePlaceOf(visit: Visit) {
  const { city } = useCity();
  const { here, measured } = useHere();
  const dispatch = useDispatchStore((store) =>
    visit.dispatchId === null ? null : store.byId.get(visit.dispatchId),
  );
  const recheck = useDispatchStore((store) =>
    visit.recheckId === null ? null : store.rechecks.get(visit.recheckId),
  );
  const place = dispatch?.target ?? recheck ?? city?.center ?? { lon: 0, lat: 0 };
  const position: Position = measured && here !== null ? here : place;
  return { position, recheck, measured };
}

/** What the plan expects of one person here: its items shared among them, and the place that is kept. */
function usePlanned(visit: Visit): Planned {
  const stop = useTaskPlans((store) => store.byDispatch.get(visit.dispatchId ?? '')?.task.stop);
  const holds = useHoldsOf(visit.dispatchId);
  const [hold] = holds;
  return useMemo(() => {
    const each = (quantity: number) => Math.ceil(quantity / Math.max(1, stop?.headcount ?? 1));
    return {
      items: Object.fromEntries(
        (stop?.items ?? []).map(({ item, quantity }) => [item, each(quantity)]),
      ),
      held: hold ? { stationId: hold.stationId, bedKind: hold.kind } : null,
    };
  }, [stop, hold]);
}

export function Recording({ visit }: { visit: Visit }) {
  const act = useActOrThrow();
  const away = useDistanceWords();
  const stations = useStations();
  const { position, recheck } = usePlaceOf(visit);
  const evidence = useEvidence(`encounter ${visitKey(visit)}`);
  const planned = usePlanned(visit);
  const isFull = (station: StationView) => Number(!station.open || station.bedsFree === 0);
  // A shelter that is only prepared is no place to bring anybody.
  const houses = stations.filter(({ kind, open }) => open || kind === 'station');
  const nearest = houses.toSorted(
    (a, b) => isFull(a) - isFull(b) || distanceMeters(position, a) - distanceMeters(position, b),
  );
  const done = () => {
    if (visit.recheckId !== null) usePatrolScreen.setState({ choice: null });
    stopWriting();
  };
  return (
    <RecordEncounter
      visit={visit}
      position={position}
      stations={nearest.map((station) => ({ ...station, away: away(station) }))}
      planned={planned}
      knownFlags={recheck?.flags ?? []}
      onSend={async (encounter) => {
        await act(
          { kind: 'encounter.record', encounter },
          { id: encounter.id, at: encounter.metAt },
        );
        const subject =
          visit.dispatchId === null ? `recheck:${visit.recheckId}` : `dispatch:${visit.dispatchId}`;
        await evidence.send('encounter', encounter.id, subject);
      }}
      onSaved={done}
      onBack={stopWriting}
      renderLead={(change, draft) => (
        <HowCold position={position} draft={draft} onChange={change} />
      )}
      media={<EvidencePart evidence={evidence} />}
    />
  );
}

/** How cold the person is, in four taps; what it comes to is ticked in the form. */
function HowCold(props: {
  position: Position;
  draft: RecordDraft;
  onChange: (part: Partial<RecordDraft>) => void;
}) {
  const { t } = useTranslation('patrol');
  const { city } = useCity();
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(false);
  if (!open)
    return (
      <BigButton onClick={() => setOpen(true)}>{t(asked ? 'lead.again' : 'lead.state')}</BigButton>
    );
  return (
    <StateWizard
      cityId={city?.id ?? null}
      position={props.position}
      onDone={({ flags }) => {
        props.onChange({ flags: [...new Set([...props.draft.flags, ...flags])] });
        setAsked(true);
        setOpen(false);
      }}
      onStop={() => setOpen(false)}
    />
  );
}
