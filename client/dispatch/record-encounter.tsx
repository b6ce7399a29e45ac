/** Writes down one person and hands it on to be kept and sent; what can't be kept is still on the form. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Position } from '../../shared/geo/position.ts';
import type { EncounterDraft } from '../../shared/dispatch/schema.ts';
import type { VulnerableFlag } from '../../shared/sightings/schema.ts';
import { serverNow } from '../kernel/clock.ts';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { BigButton } from '../ui/big-button.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { draftOf, encounterOf, keepDraft, markRecorded, newDraft } from './record-draft.ts';
import { useRecorded, useRecords, visitKey } from './record-draft.ts';
import type { Planned, RecordDraft, Visit } from './record-draft.ts';
import classes from './record-encounter.module.css';
import { RecordForm } from './record-form.tsx';
import type { StationOption } from './station-choice.tsx';

export interface RecordEncounterProps {
  visit: Visit;
  /** where it happened: the team's own position, else the place it was sent to */
  position: Position;
  stations: readonly StationOption[];
  /** items and place that the plan expects */
  planned?: Planned;
  /** what an earlier visit knew of the person */
  knownFlags?: readonly VulnerableFlag[];
  /** resolves once it is kept on this device */
  onSend: (encounter: EncounterDraft) => Promise<void>;
  onSaved: () => void;
  onBack: () => void;
  /** above the form: how the person is, step by step */
  renderLead?: (change: (part: Partial<RecordDraft>) => void, draft: RecordDraft) => ReactNode;
  /** below it: photos and voice notes of this person */
  media?: ReactNode;
}

function useRecording({ visit, position, onSend, onSaved }: RecordEncounterProps) {
  const { t } = useTranslation('dispatch');
  const key = visitKey(visit);
  const [fresh] = useState(newDraft);
  const draft = useRecords((store) => store.drafts.get(key)) ?? fresh;
  const count = useRecorded(key).length;
  const [fault, setFault] = useState<Fault | null>(null);
  const [saving, setSaving] = useState(false);
  const change = (part: Partial<RecordDraft>) =>
    keepDraft(key, { ...(draftOf(key) ?? fresh), ...part });
  const save = async () => {
    const { outcome } = draft;
    if (outcome === null || saving) return;
    const metAt = draft.metAt ?? new Date(serverNow()).toISOString();
    const written = { ...draft, outcome, metAt };
    keepDraft(key, written);
    setSaving(true);
    setFault(null);
    try {
      await onSend(encounterOf(written, visit, position));
      markRecorded(key, written.id, outcome);
      notifyDone(t('record.saved', { count: count + 1 }));
      onSaved();
    } catch (error) {
      setFault(faultOf(error));
      setSaving(false);
    }
  };
  return { draft, count, fault, saving, change, save };
}

export function RecordEncounter(props: RecordEncounterProps) {
  const { t } = useTranslation(['dispatch', 'common', 'sightings']);
  const { sentence } = useFaultWords();
  const { draft, count, fault, saving, change, save } = useRecording(props);
  const known = props.knownFlags ?? [];
  const missing =
    draft.outcome === null
      ? t('dispatch:record.pickOutcome')
      : draft.outcome === 'escorted' && draft.stationId === null
        ? t('dispatch:record.pickStation')
        : null;
  const title = t(
    props.visit.recheckId === null ? 'dispatch:record.title' : 'dispatch:record.recheckTitle',
  );
  return (
    <form
      className={classes['record']}
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        if (missing === null) void save();
      }}
    >
      <header className={classes['head']}>
        <h2>
          {title} · {t('dispatch:encounter.person', { count: count + 1 })}
        </h2>
        <BigButton tone="quiet" full={false} onClick={props.onBack}>
          {t('common:back')}
        </BigButton>
      </header>
      {known.length > 0 && (
        <p className={classes['quiet']}>
          {t('dispatch:record.known', {
            flags: known.map((flag) => t(`sightings:flag.${flag}`)).join(' · '),
          })}
        </p>
      )}
      {props.renderLead?.(change, draft)}
      <RecordForm
        draft={draft}
        onChange={change}
        stations={props.stations}
        planned={props.planned}
        fault={fault}
      />
      {draft.outcome !== null && props.media}
      <div className={classes['bar']}>
        {fault !== null && (
          <p className={classes['fault']} role="alert">
            {sentence(fault)} {t('dispatch:record.kept')}
          </p>
        )}
        <BigButton tone="main" tall type="submit" loading={saving} disabled={missing !== null}>
          {missing ?? t('dispatch:record.save')}
        </BigButton>
      </div>
    </form>
  );
}
