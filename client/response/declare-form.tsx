/** The fields of a response: level, values, until when, drill, note; what was typed stays when it is refused. */
import { NumberInput, Switch, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ActivationView } from '../../shared/response/schema.ts';
import { feltTemperature } from '../../shared/weather/wind-chill.ts';
import type { Fault } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useFormat } from '../kernel/use-format.ts';
import { BigButton } from '../ui/big-button.tsx';
import { SelectField } from '../ui/select-field.tsx';
import classes from './declare-dialog.module.css';
import { stepOf, untilChoices } from './declare-draft.ts';
import type { DeclareDraft, ValuesFrom } from './declare-draft.ts';
import { LevelChoice } from './level-choice.tsx';

interface FormProps {
  night: ActivationView | null;
  draft: DeclareDraft;
  from: ValuesFrom;
  fault: Fault | null;
  busy: boolean;
  onChange: (part: Partial<DeclareDraft>) => void;
  onSend: () => void;
  onEnd: () => void;
}

const isComplete = ({ temperature, wind }: DeclareDraft): boolean =>
  temperature !== '' && wind !== '';

export function DeclareForm(props: FormProps) {
  const { t } = useTranslation(['responseDesk', 'response']);
  const { atField } = useFaultWords();
  const { night, draft, fault, busy, onChange } = props;
  const step = stepOf(night, draft);
  const level = t(`response:level.${draft.level}`);
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        props.onSend();
      }}
    >
      <LevelChoice value={draft.level} onChange={(value) => onChange({ level: value })} />
      <Values {...props} />
      <Until draft={draft} onChange={onChange} />
      <Textarea
        label={t('responseDesk:note')}
        value={draft.note}
        maxLength={500}
        autosize
        minRows={2}
        maxRows={6}
        onChange={(event) => onChange({ note: event.currentTarget.value })}
        error={atField(fault, 'note')}
      />
      <DrillSwitch night={night} draft={draft} onChange={onChange} />
      <BigButton tone="main" type="submit" loading={busy} disabled={!isComplete(draft)}>
        {t(`responseDesk:${step}Now`, { level })}
      </BigButton>
      {night && (
        <BigButton tone="quiet" disabled={busy} onClick={props.onEnd}>
          {t(night.drill ? 'responseDesk:endDrill' : 'responseDesk:end')}
        </BigButton>
      )}
    </form>
  );
}

function Values({ draft, from, fault, onChange }: FormProps) {
  const { t } = useTranslation('responseDesk');
  const { atField } = useFaultWords();
  const format = useFormat();
  const felt = isComplete(draft)
    ? format.temperature(feltTemperature(Number(draft.temperature), Number(draft.wind)))
    : '–';
  return (
    <>
      <p className={classes['quiet']}>
        {from === null ? t('valuesNone') : t('values', { source: t(`valuesFrom.${from}`) })}
      </p>
      <div className={classes['pair']}>
        <NumberInput
          label={t('temperature')}
          value={draft.temperature}
          onChange={(temperature) => onChange({ temperature })}
          min={-80}
          max={50}
          required
          error={atField(fault, 'temperatureCelsius')}
        />
        <NumberInput
          label={t('wind')}
          value={draft.wind}
          onChange={(wind) => onChange({ wind })}
          min={0}
          max={300}
          required
          error={atField(fault, 'windKmh')}
        />
      </div>
      <p className={classes['felt']} aria-live="polite">
        {t('felt')} <strong>{felt}</strong>
      </p>
    </>
  );
}

function Until({ draft, onChange }: Pick<FormProps, 'draft' | 'onChange'>) {
  const { t } = useTranslation('responseDesk');
  const format = useFormat();
  return (
    <div>
      <SelectField
        label={t('until')}
        value={draft.untilAt ?? ''}
        options={[
          { value: '', label: t('untilOpen') },
          ...untilChoices(format.now, draft.untilAt).map((at) => ({
            value: at,
            label: format.time(at),
          })),
        ]}
        onChange={(value) => onChange({ untilAt: value === '' ? null : value })}
      />
      <p className={classes['quiet']}>{t('untilHint')}</p>
    </div>
  );
}

/** Over a night in force there is no drill; a drill is changed as one. */
function DrillSwitch({ night, draft, onChange }: Pick<FormProps, 'night' | 'draft' | 'onChange'>) {
  const { t } = useTranslation('responseDesk');
  if (night?.drill === false) return <p className={classes['quiet']}>{t('drillOver')}</p>;
  return (
    <Switch
      label={t('drill')}
      description={t('drillHint')}
      size="lg"
      checked={draft.drill}
      onChange={(event) => onChange({ drill: event.currentTarget.checked })}
    />
  );
}
