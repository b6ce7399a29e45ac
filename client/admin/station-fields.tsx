/** What is typed of a house: what it is, its places by kind, when people can be brought, where it is. */
import { NativeSelect, NumberInput, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { bedKinds } from '../../shared/stations/beds.ts';
import { stationKinds } from '../../shared/stations/schema.ts';
import type { BedKind, StationKind, StationView } from '../../shared/stations/schema.ts';
import classes from './page.module.css';
import { placeDecimals } from './place-map.tsx';
import { kindsOf } from './station-draft.ts';
import type { StationFormState, Typed } from './station-draft.ts';

interface Fields {
  form: StationFormState;
  /** as it is kept; null = a new one */
  station: StationView | null;
}

export function StationFields({ form, station }: Fields) {
  const { t } = useTranslation(['admin', 'stations']);
  const { draft, change, at } = form;
  const entry = (field: 'name' | 'address' | 'phone', maxLength: number) => ({
    label: t(`admin:stations.${field}`),
    size: 'lg',
    maxLength,
    autoComplete: 'off',
    value: draft[field],
    error: at(field),
    onChange: (event: { currentTarget: { value: string } }) =>
      change({ [field]: event.currentTarget.value }),
  });
  return (
    <>
      <TextInput {...entry('name', 100)} />
      <NativeSelect
        label={t('admin:stations.kind')}
        description={t('admin:stations.kindHint')}
        size="lg"
        value={draft.kind}
        onChange={(event) => change({ kind: event.currentTarget.value as StationKind })}
        data={stationKinds.map((kind) => ({
          value: kind,
          label: t(`stations:stationKind.${kind}`),
        }))}
      />
      <TextInput {...entry('address', 300)} />
      <TextInput {...entry('phone', 40)} type="tel" />
      <Beds form={form} station={station} />
      <Hours form={form} />
      {draft.kind === 'shelter' ? <Readiness form={form} /> : <Open form={form} />}
      <PlaceFields form={form} />
    </>
  );
}

function Beds({ form, station }: Fields) {
  const { t } = useTranslation(['admin', 'stations']);
  const { draft, change, fault } = form;
  const sent = kindsOf(draft);
  const wrong = (kind: BedKind): string | null => {
    const entry = fault?.fields.find(({ field }) => field === `places.${sent.indexOf(kind)}.total`);
    // A kind that was emptied isn't sent: then the server can only name it.
    const named = fault?.code === 'beds_in_use' && fault.params?.['kind'] === kind;
    if (!entry && !named) return null;
    const least = fault?.params?.['least'];
    return least === undefined
      ? t('admin:stations.whole')
      : t('admin:stations.atLeast', { least: Number(least) });
  };
  const used = (kind: BedKind): string | null => {
    const kept = station?.places.find((place) => place.kind === kind);
    if (!kept || kept.taken + kept.held === 0) return null;
    return t('admin:stations.used', { taken: kept.taken, held: kept.held });
  };
  return (
    <fieldset className={classes['fieldset']}>
      <legend className={classes['legend']}>{t('admin:stations.places')}</legend>
      <p>{t('admin:stations.placesHint')}</p>
      <div className={classes['two']}>
        {bedKinds.map((kind) => (
          <NumberInput
            key={kind}
            label={t(`stations:kind.${kind}`)}
            description={used(kind)}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            size="lg"
            hideControls
            min={0}
            max={10_000}
            allowDecimal={false}
            value={draft.places[kind]}
            error={wrong(kind)}
            onChange={(total) => change({ places: { ...draft.places, [kind]: total } })}
          />
        ))}
      </div>
    </fieldset>
  );
}

function Hours({ form: { draft, change, at } }: { form: StationFormState }) {
  const { t } = useTranslation('admin');
  const hour = (field: 'fromHour' | 'toHour') => ({
    label: t(`stations.${field}`),
    size: 'lg',
    hideControls: true,
    min: 0,
    max: 23,
    clampBehavior: 'none' as const,
    allowDecimal: false,
    value: draft[field],
    error: at(field),
    onChange: (value: Typed) => change({ [field]: value }),
  });
  return (
    <fieldset className={classes['fieldset']}>
      <legend className={classes['legend']}>{t('stations.hours')}</legend>
      <p>{t('stations.hoursHint')}</p>
      <div className={classes['two']}>
        <NumberInput {...hour('fromHour')} />
        <NumberInput {...hour('toHour')} />
      </div>
    </fieldset>
  );
}

function Open({ form: { draft, change } }: { form: StationFormState }) {
  const { t } = useTranslation('admin');
  return (
    <Switch
      label={t('stations.open')}
      description={t('stations.openHint')}
      size="lg"
      checked={draft.open}
      onChange={(event) => change({ open: event.currentTarget.checked })}
    />
  );
}

/** Of a shelter: it is not opened here, but by a decision of the desk. */
function Readiness({ form: { draft, change, at } }: { form: StationFormState }) {
  const { t } = useTranslation('admin');
  return (
    <fieldset className={classes['fieldset']}>
      <legend className={classes['legend']}>{t('stations.readiness')}</legend>
      <p>{t('stations.readinessHint')}</p>
      <div className={classes['two']}>
        <TextInput
          label={t('stations.contact')}
          size="lg"
          maxLength={100}
          autoComplete="off"
          value={draft.contact}
          error={at('contact')}
          onChange={(event) => change({ contact: event.currentTarget.value })}
        />
        <NumberInput
          label={t('stations.setUpMinutes')}
          description={t('stations.setUpHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          size="lg"
          hideControls
          min={0}
          max={10_080}
          allowDecimal={false}
          value={draft.setUpMinutes}
          error={at('setUpMinutes')}
          onChange={(setUpMinutes) => change({ setUpMinutes })}
        />
      </div>
    </fieldset>
  );
}

function PlaceFields({ form }: { form: StationFormState }) {
  const { t } = useTranslation('admin');
  const { draft, change } = form;
  const coordinate = (field: 'lon' | 'lat', limit: number) => ({
    label: t(`stations.${field}`),
    size: 'lg',
    value: draft[field],
    min: -limit,
    max: limit,
    decimalScale: placeDecimals,
    hideControls: true,
    error: form.fault?.fields.some((entry) => entry.field.startsWith(`position.${field}`))
      ? t('stations.placeMissing')
      : null,
    onChange: (value: Typed) => change({ [field]: value }),
  });
  return (
    <fieldset className={classes['fieldset']}>
      <legend className={classes['legend']}>{t('stations.place')}</legend>
      <p>{t('stations.placeHint')}</p>
      <div className={classes['two']}>
        <NumberInput {...coordinate('lon', 180)} />
        <NumberInput {...coordinate('lat', 90)} />
      </div>
    </fieldset>
  );
}
