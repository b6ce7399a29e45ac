/** What is asked of teams on patrol, and what their roads are like: signs of life, stays, winter, the hours of the night. */
import { NumberInput, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './page.module.css';
import type { SettingsDraft } from './settings-draft.ts';
import type { useForm } from './use-form.ts';

export function FieldCard({ form }: { form: ReturnType<typeof useForm<SettingsDraft>> }) {
  const { t } = useTranslation('admin');
  const { draft, change, at } = form;
  const whole = {
    size: 'lg',
    allowDecimal: false,
    hideControls: true,
    clampBehavior: 'none',
  } as const;
  return (
    <section className={classes['card']}>
      <h3>{t('settings.field')}</h3>
      <Switch
        label={t('settings.checkIn')}
        description={t('settings.checkInHint')}
        size="lg"
        checked={draft.checkIn}
        onChange={(event) => change({ checkIn: event.currentTarget.checked })}
      />
      {draft.checkIn && (
        <NumberInput
          {...whole}
          label={t('settings.checkInMinutes')}
          className={classes['narrow'] ?? ''}
          min={5}
          max={720}
          value={draft.checkInMinutes}
          error={at('checkInMinutes')}
          onChange={(checkInMinutes) => change({ checkInMinutes })}
        />
      )}
      <NumberInput
        {...whole}
        label={t('settings.dwellSeconds')}
        description={t('settings.dwellSecondsHint')}
        className={classes['narrow'] ?? ''}
        min={5}
        max={600}
        value={draft.dwellSeconds}
        error={at('dwellSeconds')}
        onChange={(dwellSeconds) => change({ dwellSeconds })}
      />
      <NumberInput
        {...whole}
        allowDecimal
        label={t('settings.winterFactor')}
        description={t('settings.winterFactorHint')}
        className={classes['narrow'] ?? ''}
        min={1}
        max={3}
        value={draft.winterFactor}
        error={at('winterFactor')}
        onChange={(winterFactor) => change({ winterFactor })}
      />
      <fieldset className={classes['fieldset']}>
        <legend className={classes['legend']}>{t('settings.nightHours')}</legend>
        <p>{t('settings.nightHoursHint')}</p>
        <div className={classes['two']}>
          {(['from', 'to'] as const).map((end) => (
            <NumberInput
              {...whole}
              key={end}
              label={t(end === 'from' ? 'settings.nightFrom' : 'settings.nightTo')}
              min={0}
              max={23}
              value={draft.nightHours[end]}
              error={at(`nightHours.${end}`)}
              onChange={(value) => change({ nightHours: { ...draft.nightHours, [end]: value } })}
            />
          ))}
        </div>
      </fieldset>
    </section>
  );
}
