/** What the rules may do without anybody's yes: said plainly, and asked once more before it is switched on. */
import { useTranslation } from 'react-i18next';
import { automations, responseSettingsSchema } from '../../shared/response/settings.ts';
import type { ResponseSettings } from '../../shared/response/settings.ts';
import { askToConfirm } from '../ui/confirm.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { SelectField } from '../ui/select-field.tsx';
import classes from './page.module.css';
import { Form } from './page.tsx';
import { useForm } from './use-form.ts';

type Automation = ResponseSettings['automatic'];

export function AutomaticForm(props: {
  settings: ResponseSettings;
  save: (settings: ResponseSettings) => Promise<unknown>;
  onSaved: () => void;
}) {
  const { t } = useTranslation('adminNight');
  const { settings } = props;
  const form = useForm<{ automatic: Automation }>({ automatic: settings.automatic });
  const { automatic } = form.draft;
  const rank = (value: Automation) => automations.indexOf(value);
  const save = async () => {
    if (rank(automatic) > rank(settings.automatic)) {
      const sure = await askToConfirm({
        title: t('response.automaticTitle'),
        text: t(`response.automaticText.${automatic}`),
        confirm: t('response.automaticYes'),
        danger: true,
      });
      if (!sure) return;
    }
    const saved = await form.send(responseSettingsSchema, { ...settings, automatic }, props.save);
    if (saved === null) return;
    notifyDone(t('response.saved'));
    props.onSaved();
  };
  return (
    <Form
      onSubmit={() => void save()}
      fault={form.fault}
      problem={form.problem}
      busy={form.busy}
      save={t('response.saveAutomatic')}
      aside
    >
      <section className={classes['card']}>
        <h3>{t('response.automatic')}</h3>
        <SelectField
          label={t('response.automaticFrom')}
          value={automatic}
          options={automations.map((one) => ({
            value: one,
            label: t(`response.automaticChoice.${one}`),
          }))}
          onChange={(value) => form.change({ automatic: value as Automation })}
        />
        <p className={automatic === 'off' ? '' : classes['hint']} role="status">
          {t(`response.automaticText.${automatic}`)}
        </p>
      </section>
    </Form>
  );
}
