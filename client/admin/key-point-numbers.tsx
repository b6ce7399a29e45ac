import { NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { KeyPointFormState } from './key-point-draft.ts';
import classes from './page.module.css';

/** About 10 cm. */
const decimals = 6;

export function KeyPointNumbers({ form }: { form: KeyPointFormState }) {
  const { t } = useTranslation('admin');
  const { draft, change, at } = form;
  const whole = (
    field: 'radiusMeters' | 'fromHour' | 'toHour' | 'normalEveryMinutes' | 'coldEveryMinutes',
    [min, max]: [number, number],
  ) => ({
    size: 'lg',
    min,
    max,
    allowDecimal: false,
    hideControls: true,
    clampBehavior: 'none' as const,
    value: draft[field],
    error: at(field),
    onChange: (value: number | string) => change({ [field]: value }),
  });
  return (
    <>
      <NumberInput
        {...whole('radiusMeters', [5, 500])}
        label={t('keyPoints.radius')}
        description={t('keyPoints.radiusHint')}
      />
      <fieldset className={classes['fieldset']}>
        <legend className={classes['legend']}>{t('keyPoints.hours')}</legend>
        <p>{t('keyPoints.hoursHint')}</p>
        <div className={classes['two']}>
          <NumberInput {...whole('fromHour', [0, 23])} label={t('keyPoints.fromHour')} />
          <NumberInput {...whole('toHour', [0, 23])} label={t('keyPoints.toHour')} />
        </div>
      </fieldset>
      <fieldset className={classes['fieldset']}>
        <legend className={classes['legend']}>{t('keyPoints.every')}</legend>
        <p>{t('keyPoints.everyHint')}</p>
        <div className={classes['two']}>
          <NumberInput
            {...whole('normalEveryMinutes', [10, 10_080])}
            label={t('keyPoints.normal')}
          />
          <NumberInput {...whole('coldEveryMinutes', [10, 10_080])} label={t('keyPoints.cold')} />
        </div>
      </fieldset>
      <PlaceFields form={form} />
    </>
  );
}

function PlaceFields({ form }: { form: KeyPointFormState }) {
  const { t } = useTranslation('admin');
  const { draft, change, at } = form;
  const wrong = at('position', t('keyPoints.placeMissing'));
  const coordinate = (field: 'lon' | 'lat', limit: number) => ({
    label: t(`stations.${field}`),
    size: 'lg',
    value: draft[field],
    min: -limit,
    max: limit,
    decimalScale: decimals,
    hideControls: true,
    error: wrong !== null,
    onChange: (value: number | string) => change({ [field]: value }),
  });
  return (
    <fieldset className={classes['fieldset']}>
      <legend className={classes['legend']}>{t('keyPoints.place')}</legend>
      <p>{t('keyPoints.placeHint')}</p>
      <div className={classes['two']}>
        <NumberInput {...coordinate('lon', 180)} />
        <NumberInput {...coordinate('lat', 90)} />
      </div>
      {wrong !== null && <p className={classes['error']}>{wrong}</p>}
    </fieldset>
  );
}
