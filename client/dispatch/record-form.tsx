/** What happened with one person, for gloves: the outcome as a picture, the rest only where it means something. */
import {
  IconAmbulance,
  IconHandStop,
  IconHomeHeart,
  IconPhoneCall,
  IconShield,
  IconShirt,
  IconUserSearch,
  IconWalk,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { hospitalFirst, metNobody, mustBeEscorted } from '../../shared/dispatch/rules.ts';
import { outcomes, supplyItems } from '../../shared/dispatch/outcomes.ts';
import type { Outcome } from '../../shared/dispatch/schema.ts';
import { maxNoteLength } from '../../shared/sightings/limits.ts';
import { vulnerableFlags } from '../../shared/sightings/flags.ts';
import type { VulnerableFlag } from '../../shared/sightings/schema.ts';
import type { Fault } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { BigButton } from '../ui/big-button.tsx';
import { ChipToggles } from '../ui/chip-toggle.tsx';
import { CountStepper } from '../ui/count-stepper.tsx';
import { PictureToggles } from '../ui/picture-toggle.tsx';
import { TextField } from '../ui/text-field.tsx';
import { isPrefilled, nothingPlanned, withOutcome } from './record-draft.ts';
import type { Planned, RecordDraft } from './record-draft.ts';
import classes from './record-form.module.css';
import { StationChoice } from './station-choice.tsx';
import type { StationOption } from './station-choice.tsx';

const look = { size: 36, stroke: 1.6 };
const pictures: Record<Outcome, ReactNode> = {
  aided_on_street: <IconShirt {...look} />,
  escorted: <IconHomeHeart {...look} />,
  refused: <IconHandStop {...look} />,
  hospital: <IconAmbulance {...look} />,
  police: <IconShield {...look} />,
  not_found: <IconUserSearch {...look} />,
  already_left: <IconWalk {...look} />,
};

const mostItems = 100;

export function RecordForm(props: {
  draft: RecordDraft;
  onChange: (change: Partial<RecordDraft>) => void;
  stations: readonly StationOption[];
  /** what the plan expects of a person here */
  planned?: Planned | undefined;
  fault: Fault | null;
}) {
  const { t } = useTranslation(['dispatch', 'sightings']);
  const { atField } = useFaultWords();
  const { draft, onChange, fault, planned = nothingPlanned } = props;
  const { outcome } = draft;
  const metSomebody = outcome !== null && !metNobody(outcome);
  return (
    <div className={classes['form']}>
      <fieldset className={classes['part']}>
        <legend>{t('dispatch:record.outcome')}</legend>
        <PictureToggles
          label={t('dispatch:record.outcome')}
          chosen={new Set(outcome === null ? [] : [outcome])}
          onToggle={(key) => onChange(withOutcome(draft, key, planned))}
          pictures={outcomes.map((key) => ({
            key,
            label: t(`dispatch:outcome.${key}`),
            picture: pictures[key],
          }))}
        />
        <FieldFault text={atField(fault, 'outcome')} />
      </fieldset>
      {metSomebody && <Flags draft={draft} onChange={onChange} />}
      {outcome === 'escorted' && (
        <fieldset className={classes['part']}>
          <legend>{t('dispatch:record.station')}</legend>
          <StationChoice
            stations={props.stations}
            chosen={draft}
            held={planned.held}
            onChoose={onChange}
          />
          <FieldFault text={atField(fault, 'stationId')} />
        </fieldset>
      )}
      {metSomebody && (
        <Items draft={draft} onChange={onChange} prefilled={isPrefilled(draft, planned)} />
      )}
      {outcome !== null && (
        <TextField
          label={t('dispatch:record.note')}
          rows={2}
          maxLength={maxNoteLength}
          value={draft.note}
          error={atField(fault, 'note')}
          onChange={(note) => onChange({ note })}
        />
      )}
    </div>
  );
}

const FieldFault = ({ text }: { text: string | null }) =>
  text === null ? null : (
    <p className={classes['fault']} role="alert">
      {text}
    </p>
  );

type PartProps = { draft: RecordDraft; onChange: (change: Partial<RecordDraft>) => void };

function Flags({ draft, onChange }: PartProps) {
  const { t } = useTranslation(['dispatch', 'sightings']);
  const chosen = new Set(draft.flags);
  const toggle = (flag: VulnerableFlag) =>
    onChange({
      flags: chosen.has(flag)
        ? draft.flags.filter((other) => other !== flag)
        : [...draft.flags, flag],
    });
  const unwell = hospitalFirst(draft.flags) && draft.outcome !== 'hospital';
  const taken = draft.outcome === 'escorted' || draft.outcome === 'hospital';
  const frail = mustBeEscorted(draft.flags) && !taken && draft.outcome !== 'police';
  return (
    <fieldset className={classes['part']}>
      <legend>{t('dispatch:record.flags')}</legend>
      <ChipToggles
        label={t('dispatch:record.flags')}
        chosen={chosen}
        onToggle={toggle}
        chips={vulnerableFlags.map((key) => ({ key, label: t(`sightings:flag.${key}`) }))}
      />
      <div aria-live="polite" className={classes['hints']}>
        {unwell && (
          <div className={classes['hint']}>
            <p>{t('dispatch:record.hospitalFirst')}</p>
            <BigButton
              tone={chosen.has('unresponsive') ? 'danger' : 'plain'}
              href="tel:120"
              icon={<IconPhoneCall size={22} aria-hidden />}
            >
              {t('sightings:emergency.call')}
            </BigButton>
          </div>
        )}
        {frail && <p className={classes['hint']}>{t('dispatch:record.mustBeEscorted')}</p>}
      </div>
    </fieldset>
  );
}

function Items({ draft, onChange, prefilled }: PartProps & { prefilled: boolean }) {
  const { t } = useTranslation(['dispatch', 'sightings']);
  return (
    <fieldset className={classes['part']}>
      <legend>{t('dispatch:encounter.items')}</legend>
      {prefilled && <p className={classes['quiet']}>{t('dispatch:record.prefilled')}</p>}
      {supplyItems.map((item) => (
        <CountStepper
          key={item}
          label={t(`sightings:need.${item}`)}
          value={draft.items[item] ?? 0}
          min={0}
          max={mostItems}
          onChange={(quantity) =>
            onChange({ items: { ...draft.items, [item]: Math.min(mostItems, quantity) } })
          }
        />
      ))}
    </fieldset>
  );
}
