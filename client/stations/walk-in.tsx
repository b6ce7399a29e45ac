/** Somebody stands at the door: how they came, which place, which number. What was typed outlives a failed try. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Arrival, BedKind, StationView } from '../../shared/stations/schema.ts';
import { api } from '../kernel/api.ts';
import { newId } from '../kernel/id.ts';
import { BigButton } from '../ui/big-button.tsx';
import { ChipToggles } from '../ui/chip-toggle.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { TextField } from '../ui/text-field.tsx';
import { FaultLine } from './fault-line.tsx';
import classes from './house.module.css';
import { useAct } from './use-act.ts';

const ways = ['walk_in', 'brought_by_others'] as const satisfies readonly Arrival[];

interface Draft {
  id: string;
  how: (typeof ways)[number];
  kind: BedKind | null;
  label: string;
  note: string;
}
const fresh = (): Draft => ({ id: newId(), how: 'walk_in', kind: null, label: '', note: '' });

export function WalkIn({ station }: { station: StationView }) {
  const { t } = useTranslation(['house', 'stations', 'common']);
  const [draft, setDraft] = useState<Draft | null>(null);
  const { busy, fault, run } = useAct();
  if (draft === null)
    return <BigButton onClick={() => setDraft(fresh())}>{t('house:checkIn.walkIn')}</BigButton>;
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  // The only kind there is needs no choosing.
  const kind = draft.kind ?? (station.places.length === 1 ? station.places[0]!.kind : null);
  const places = station.places.find((each) => each.kind === kind);
  const save = async () => {
    if (kind === null) return;
    const { id, how } = draft;
    const label = draft.label.trim();
    const note = draft.note.trim();
    const stay = { id, stationId: station.id, kind, how, holdId: null, label, note };
    if (!(await run(() => api.stations.checkIn.mutate(stay)))) return;
    setDraft(null);
    notifyDone(t('house:checkIn.done'));
  };
  return (
    <form
      className={classes['form']}
      aria-label={t('house:checkIn.walkIn')}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <ChipToggles
        label={t('house:checkIn.how')}
        chosen={new Set([draft.how])}
        onToggle={(how) => change({ how })}
        chips={ways.map((key) => ({ key, label: t(`house:arrival.${key}`) }))}
      />
      <ChipToggles
        label={t('house:checkIn.kind')}
        chosen={new Set(kind === null ? [] : [kind])}
        onToggle={(chosen) => change({ kind: chosen })}
        chips={station.places.map(({ kind: key, free }) => ({
          key,
          label: t('stations:freeOfKind', { kind: t(`stations:kind.${key}`), free }),
        }))}
      />
      {places?.free === 0 && <p className={classes['late']}>{t('house:checkIn.beyond')}</p>}
      <TextField
        label={t('house:checkIn.label')}
        hint={t('house:checkIn.labelHint')}
        maxLength={40}
        value={draft.label}
        onChange={(label) => change({ label })}
      />
      <TextField
        label={t('house:checkIn.note')}
        maxLength={500}
        rows={2}
        value={draft.note}
        onChange={(note) => change({ note })}
      />
      <FaultLine fault={fault} />
      <div className={classes['pair']}>
        <BigButton tone="quiet" disabled={busy} onClick={() => setDraft(null)}>
          {t('common:cancel')}
        </BigButton>
        <BigButton tone="main" type="submit" loading={busy} disabled={kind === null}>
          {t('house:checkIn.save')}
        </BigButton>
      </div>
    </form>
  );
}
