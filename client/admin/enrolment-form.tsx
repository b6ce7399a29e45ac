/** A new code; afterwards its QR is shown once, to be printed. */
import { NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import {
  enrolmentDraftSchema,
  enrolmentKinds,
  longestAccountDays,
  mostDevicesOfCode,
} from '../../shared/accounts/enrolment.ts';
import { api } from '../kernel/api.ts';
import { newId } from '../kernel/id.ts';
import { BigButton } from '../ui/big-button.tsx';
import sheetClasses from './enrolment-sheet.module.css';
import { PrintedSheet, Sheet } from './enrolment-sheet.tsx';
import classes from './page.module.css';
import { Form } from './page.tsx';
import { useForm } from './use-form.ts';

type Typed = number | string;
const usualDays = 120;
const twoDigits = (number: number) => String(number).padStart(2, '0');
/** As the field of the browser writes it, in the desk's own time. */
function dayIn(days: number): string {
  const day = new Date(Date.now() + days * 86_400_000);
  return [day.getFullYear(), twoDigits(day.getMonth() + 1), twoDigits(day.getDate())].join('-');
}
const start = () => ({
  label: '',
  reporterKind: 'courier',
  mostDevices: 50 as Typed,
  accountDays: usualDays as Typed,
  expiresOn: dayIn(usualDays),
});
type Draft = ReturnType<typeof start>;
type State = ReturnType<typeof useForm<Draft>>;

/** The whole of that day counts; '' where it is none. */
function endOf(day: string): string {
  const end = new Date(`${day}T23:59:59.000`);
  return Number.isNaN(end.getTime()) ? '' : end.toISOString();
}

export function EnrolmentForm({ onCreated }: { onCreated: () => void }) {
  const { t } = useTranslation('enrolment');
  const [id] = useState(newId);
  const [made, setMade] = useState<{ label: string; link: string } | null>(null);
  const form = useForm(start());
  if (made !== null) return <HandOut {...made} />;
  const save = async () => {
    const { expiresOn, ...rest } = form.draft;
    const input = { ...rest, id, expiresAt: endOf(expiresOn) };
    const answer = await form.send(enrolmentDraftSchema, input, (valid) =>
      api.accounts.createEnrolment.mutate(valid),
    );
    if (answer === null) return;
    const link = `${window.location.origin}/join/${answer.token}`;
    setMade({ label: answer.enrolment.label, link });
    onCreated();
  };
  return (
    <Form
      onSubmit={() => void save()}
      fault={form.fault}
      problem={form.problem}
      busy={form.busy}
      save={t('create')}
      back="/admin/enrolment"
    >
      <Fields form={form} />
    </Form>
  );
}

function Fields({ form }: { form: State }) {
  const { t } = useTranslation(['enrolment', 'sightings']);
  const { draft, change, at } = form;
  const number = (field: 'mostDevices' | 'accountDays', most: number) => ({
    label: t(`enrolment:${field}`),
    size: 'lg',
    hideControls: true,
    allowDecimal: false,
    min: 1,
    max: most,
    value: draft[field],
    error: at(field),
    onChange: (value: Typed) => change({ [field]: value }),
  });
  return (
    <>
      <TextInput
        label={t('enrolment:label')}
        description={t('enrolment:labelHint')}
        size="lg"
        className={classes['narrow'] ?? ''}
        maxLength={100}
        autoComplete="off"
        value={draft.label}
        error={at('label')}
        onChange={(event) => change({ label: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('enrolment:kind')}
        size="lg"
        className={classes['narrow'] ?? ''}
        value={draft.reporterKind}
        error={at('reporterKind')}
        data={enrolmentKinds.map((kind) => ({ value: kind, label: t(`sightings:kind.${kind}`) }))}
        onChange={(event) => change({ reporterKind: event.currentTarget.value })}
      />
      <div className={classes['pair']}>
        <NumberInput {...number('mostDevices', mostDevicesOfCode)} />
        <NumberInput
          {...number('accountDays', longestAccountDays)}
          description={t('enrolment:accountDaysHint')}
        />
        <TextInput
          type="date"
          label={t('enrolment:expires')}
          description={t('enrolment:expiresHint')}
          size="lg"
          value={draft.expiresOn}
          error={at('expiresAt')}
          onChange={(event) => change({ expiresOn: event.currentTarget.value })}
        />
      </div>
    </>
  );
}

function HandOut(props: { label: string; link: string }) {
  const { t } = useTranslation('enrolment');
  const [, go] = useLocation();
  return (
    <section className={classes['card']} aria-live="polite">
      <h3>{t('ready')}</h3>
      <p className={classes['hint']}>{t('once')}</p>
      <div className={classes['actions']}>
        <BigButton
          tone="main"
          full={false}
          icon={<IconPrinter size={22} aria-hidden />}
          onClick={() => window.print()}
        >
          {t('print')}
        </BigButton>
        <BigButton full={false} onClick={() => go('/admin/enrolment')}>
          {t('toList')}
        </BigButton>
      </div>
      <div className={sheetClasses['preview']}>
        <Sheet {...props} />
      </div>
      <PrintedSheet {...props} />
    </section>
  );
}
