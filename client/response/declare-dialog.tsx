/** Declaring a cold night, or changing its level: level, temperature and wind by hand; what it feels like is shown while typing. */
import { Modal, NumberInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { responseLevels } from '../../shared/response/schema.ts';
import type { ActivationView, ResponseLevel } from '../../shared/response/schema.ts';
import { feltTemperature } from '../../shared/weather/wind-chill.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useFormat } from '../kernel/use-format.ts';
import { BigButton } from '../ui/big-button.tsx';
import { askToConfirm } from '../ui/confirm.tsx';
import { notifyFault } from '../ui/notify.tsx';
import classes from './declare-dialog.module.css';

export function DeclareDialog(props: {
  opened: boolean;
  night: ActivationView | null;
  onClose: () => void;
}) {
  const { t } = useTranslation('response');
  const { opened, night, onClose } = props;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={night ? t('change') : t('declare')}
      size={520}
      closeButtonProps={{ size: 48 }}
    >
      {opened && <DeclareForm night={night} onDone={onClose} />}
    </Modal>
  );
}

function DeclareForm({ night, onDone }: { night: ActivationView | null; onDone: () => void }) {
  const { t } = useTranslation('response');
  const format = useFormat();
  const { sentence, atField } = useFaultWords();
  const [level, setLevel] = useState<ResponseLevel>(night?.level ?? 'blue');
  const [temperature, setTemperature] = useState<number | string>(night?.temperatureCelsius ?? '');
  const [wind, setWind] = useState<number | string>(night?.windKmh ?? '');
  const [note, setNote] = useState(night?.note ?? '');
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const known = temperature !== '' && wind !== '';
  const run = async (work: () => Promise<unknown>) => {
    setBusy(true);
    setFault(null);
    try {
      await work();
      onDone();
    } catch (error) {
      const found = faultOf(error);
      setFault(found);
      if (found.fields.length === 0) notifyFault(sentence(found));
    } finally {
      setBusy(false);
    }
  };
  const declare = () =>
    run(() =>
      api.response.declare.mutate({
        level,
        temperatureCelsius: Number(temperature),
        windKmh: Number(wind),
        note: note.trim(),
      }),
    );
  const end = async () => {
    if (await askToConfirm({ title: t('endTitle'), text: t('endText'), confirm: t('end') }))
      await run(() => api.response.end.mutate());
  };
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void declare();
      }}
    >
      <div className={classes['levels']} role="radiogroup" aria-label={t('night')}>
        {responseLevels.map((one) => (
          <button
            key={one}
            type="button"
            role="radio"
            aria-checked={one === level}
            className={classes['level']}
            style={{ background: `var(--nx-level-${one})`, color: `var(--nx-on-level-${one})` }}
            onClick={() => setLevel(one)}
          >
            {t(`level.${one}`)}
          </button>
        ))}
      </div>
      <div className={classes['pair']}>
        <NumberInput
          label={t('temperature')}
          value={temperature}
          onChange={setTemperature}
          min={-80}
          max={50}
          required
          error={atField(fault, 'temperatureCelsius')}
          data-autofocus
        />
        <NumberInput
          label={t('wind')}
          value={wind}
          onChange={setWind}
          min={0}
          max={300}
          required
          error={atField(fault, 'windKmh')}
        />
      </div>
      <p className={classes['felt']} aria-live="polite">
        {t('felt')}{' '}
        <strong>
          {known ? format.temperature(feltTemperature(Number(temperature), Number(wind))) : '–'}
        </strong>
      </p>
      <Textarea
        label={t('note')}
        value={note}
        maxLength={500}
        autosize
        minRows={2}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={atField(fault, 'note')}
      />
      <BigButton tone="main" type="submit" loading={busy} disabled={!known}>
        {night ? t('change') : t('declare')}
      </BigButton>
      {night && (
        <BigButton tone="quiet" disabled={busy} onClick={() => void end()}>
          {t('end')}
        </BigButton>
      )}
    </form>
  );
}
