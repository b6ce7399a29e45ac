/** One station; its place is a tap on the map or two typed numbers. */
import { NumberInput, Switch, TextInput } from '@mantine/core';
import { IconMapPinFilled } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Position } from '../../shared/geo/position.ts';
import { stationDraftSchema } from '../../shared/stations/schema.ts';
import type { StationView } from '../../shared/stations/schema.ts';
import { api } from '../kernel/api.ts';
import { useCity } from '../kernel/city.tsx';
import { newId } from '../kernel/id.ts';
import { CityMap } from '../map/city-map.tsx';
import { MapMarker } from '../map/map-marker.tsx';
import { notifyDone } from '../ui/notify.tsx';
import classes from './page.module.css';
import { Form } from './page.tsx';
import { RemoveCard } from './remove-card.tsx';
import { useForm } from './use-form.ts';

const home = '/admin/stations';
/** About 10 cm. */
const decimals = 6;

type Typed = number | string;
const start = (station: StationView | null) => ({
  name: station?.name ?? '',
  address: station?.address ?? '',
  phone: station?.phone ?? '',
  bedsTotal: (station?.bedsTotal ?? 0) as Typed,
  open: station?.open ?? true,
  lon: (station?.lon ?? '') as Typed,
  lat: (station?.lat ?? '') as Typed,
});
type Draft = ReturnType<typeof start>;

const placeOf = ({ lon, lat }: Draft): Position | null =>
  typeof lon === 'number' && typeof lat === 'number' ? { lon, lat } : null;

export function StationForm({ station }: { station: StationView | null }) {
  const { t } = useTranslation(['admin', 'common']);
  const [, go] = useLocation();
  const [id] = useState(() => station?.id ?? newId());
  const form = useForm(start(station));
  const { draft, change } = form;
  const save = async () => {
    const { lon, lat, ...rest } = draft;
    const input = { ...rest, id, position: { lon, lat } };
    const saved = await form.send(stationDraftSchema, input, (valid) =>
      api.stations.save.mutate(valid),
    );
    if (saved === null) return;
    notifyDone(t('admin:stations.saved'));
    go(home);
  };
  return (
    <div className={classes['split']}>
      <div className={classes['stack']}>
        <section className={classes['card']}>
          <Form
            onSubmit={() => void save()}
            fault={form.fault}
            problem={form.problem}
            busy={form.busy}
            save={t('common:save')}
            back={home}
          >
            <Fields form={form} />
          </Form>
        </section>
        {station && (
          <RemoveCard
            name={station.name}
            words="stations"
            home={home}
            call={() => api.stations.remove.mutate({ id })}
          />
        )}
      </div>
      <PlaceMap place={placeOf(draft)} onPick={(place) => change(place)} />
    </div>
  );
}

type StationFormState = ReturnType<typeof useForm<Draft>>;

function Fields({ form }: { form: StationFormState }) {
  const { t } = useTranslation('admin');
  const { draft, change, at } = form;
  const entry = (field: 'name' | 'address' | 'phone', maxLength: number) => ({
    label: t(`stations.${field}`),
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
      <TextInput {...entry('address', 300)} />
      <TextInput {...entry('phone', 40)} type="tel" />
      <NumberInput
        label={t('stations.bedsTotal')}
        description={t('stations.bedsHint')}
        size="lg"
        hideControls
        min={0}
        max={10_000}
        allowDecimal={false}
        value={draft.bedsTotal}
        error={at('bedsTotal')}
        onChange={(bedsTotal) => change({ bedsTotal })}
      />
      <Switch
        label={t('stations.open')}
        description={t('stations.openHint')}
        size="lg"
        checked={draft.open}
        onChange={(event) => change({ open: event.currentTarget.checked })}
      />
      <PlaceFields form={form} />
    </>
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
    decimalScale: decimals,
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

function PlaceMap(props: { place: Position | null; onPick: (place: Position) => void }) {
  const { city } = useCity();
  const { place, onPick } = props;
  const [first] = useState(place);
  if (city === null) return null;
  const round = (degrees: number) => Number(degrees.toFixed(decimals));
  return (
    <div className={classes['map']}>
      <CityMap
        city={city}
        {...(first ? { initialView: { center: first, zoom: 14 } } : {})}
        onClickNothing={({ lon, lat }) => onPick({ lon: round(lon), lat: round(lat) })}
      >
        {place && (
          <MapMarker lon={place.lon} lat={place.lat} anchor="bottom">
            <span className={classes['pin']}>
              <IconMapPinFilled size={44} aria-hidden />
            </span>
          </MapMarker>
        )}
      </CityMap>
    </div>
  );
}
