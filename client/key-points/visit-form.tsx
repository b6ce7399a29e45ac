/** Says that a key point was seen: one tap, and if one likes a note and photos. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeyPointView, KeyPointVisit } from '../../shared/key-points/schema.ts';
import type { Position } from '../../shared/geo/position.ts';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';
import { newId } from '../kernel/id.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { BigButton } from '../ui/big-button.tsx';
import { ChipToggles } from '../ui/chip-toggle.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { TextField } from '../ui/text-field.tsx';
import classes from './key-points.module.css';

const quick = ['nobody', 'someone', 'blocked'] as const;
type Quick = (typeof quick)[number];
const longestNote = 400;

export interface VisitFormProps {
  keyPoint: KeyPointView;
  /** measured just now; null = unknown */
  here: Position | null;
  /** resolves once it is kept */
  onSend: (visit: KeyPointVisit) => Promise<void>;
  onDone: () => void;
  onBack: () => void;
  /** photos and voice notes of this visit */
  media?: ReactNode;
}

export function VisitForm(props: VisitFormProps) {
  const { t } = useTranslation(['keyPoints', 'common']);
  const { sentence } = useFaultWords();
  const { keyPoint, here } = props;
  const [id] = useState(newId);
  const [chosen, setChosen] = useState<ReadonlySet<Quick>>(new Set());
  const [note, setNote] = useState('');
  const [fault, setFault] = useState<Fault | null>(null);
  const [saving, setSaving] = useState(false);
  const toggle = (key: Quick) =>
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  const send = async () => {
    if (saving) return;
    setSaving(true);
    setFault(null);
    const words = quick
      .filter((key) => chosen.has(key))
      .map((key) => t(`keyPoints:visit.quick.${key}`));
    const { lon, lat } = here ?? keyPoint;
    try {
      await props.onSend({
        id,
        keyPointId: keyPoint.id,
        position: { lon, lat },
        note: [...words, note.trim()].filter((part) => part !== '').join(' · '),
      });
      notifyDone(t('keyPoints:visit.saved', { name: keyPoint.name }));
      props.onDone();
    } catch (error) {
      setFault(faultOf(error));
      setSaving(false);
    }
  };
  const title = t('keyPoints:visit.title', { name: keyPoint.name });
  return (
    <form
      className={classes['form']}
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <header className={classes['head']}>
        <h2>{title}</h2>
        <BigButton tone="quiet" full={false} onClick={props.onBack}>
          {t('common:back')}
        </BigButton>
      </header>
      <p className={classes['quiet']}>{t('keyPoints:visit.lead')}</p>
      <ChipToggles
        label={t('keyPoints:visit.lead')}
        chosen={chosen}
        onToggle={toggle}
        chips={quick.map((key) => ({ key, label: t(`keyPoints:visit.quick.${key}`) }))}
      />
      <TextField
        label={t('keyPoints:visit.note')}
        rows={2}
        maxLength={longestNote}
        value={note}
        onChange={setNote}
      />
      {props.media}
      {here === null && <p className={classes['quiet']}>{t('keyPoints:visit.noPosition')}</p>}
      <div className={classes['bar']}>
        {fault !== null && (
          <p className={classes['fault']} role="alert">
            {sentence(fault)}
          </p>
        )}
        <BigButton tone="main" tall type="submit" loading={saving}>
          {t('keyPoints:visit.save')}
        </BigButton>
      </div>
    </form>
  );
}
