/** Where it is: the phone's position in words, and the two other ways to say it. */
import { IconCurrentLocation, IconMap2, IconMapPin, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CityView } from '../../shared/cities/schema.ts';
import { useFormat } from '../kernel/use-format.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { TextField } from '../ui/text-field.tsx';
import { LazyMapPick } from './lazy-map-pick.tsx';
import classes from './place-field.module.css';
import { roughMeters } from './use-report-form.ts';
import type { ReportFormState } from './use-report-form.ts';

/** Where the report would go, in words; weak = worth a better answer. */
export function usePlaceSentence(state: ReportFormState): { text: string; weak: boolean } {
  const { t } = useTranslation('sightings');
  const format = useFormat();
  const { place, fix } = state;
  if (place === null)
    return fix.state === 'finding'
      ? { text: t('place.finding'), weak: false }
      : { text: t(fix.state === 'denied' ? 'place.denied' : 'place.failed'), weak: true };
  if (place.source === 'map') return { text: t('place.map'), weak: false };
  if (place.source === 'address') return { text: t('place.address'), weak: true };
  const distance = format.distance(place.accuracyMeters);
  const rough = place.accuracyMeters > roughMeters;
  return { text: t(rough ? 'place.rough' : 'place.gps', { distance }), weak: rough };
}

export function PlaceField(props: { state: ReportFormState; city: CityView | null }) {
  const { t } = useTranslation('sightings');
  const { atField } = useFaultWords();
  const [picking, setPicking] = useState(false);
  const [writing, setWriting] = useState(false);
  const { state, city } = props;
  const { form, fix, place } = state;
  const { text, weak } = usePlaceSentence(state);
  const without = place === null && fix.state !== 'finding';
  const error =
    atField(state.fault, 'position') ?? (state.placeMissing ? t('report.placeFirst') : null);
  const showText = writing || without || form.addressText !== '' || place?.source === 'address';
  return (
    <section
      className={classes['place']}
      aria-label={t('place.title')}
      data-wrong={error !== null || undefined}
    >
      <p className={classes['sentence']} data-weak={weak || undefined} role="status">
        <IconMapPin size={22} aria-hidden />
        <span>{text}</span>
      </p>
      <div className={classes['ways']}>
        <Way icon={<IconMap2 size={20} aria-hidden />} onClick={() => setPicking(true)}>
          {t('place.pick')}
        </Way>
        {!showText && (
          <Way icon={<IconPencil size={20} aria-hidden />} onClick={() => setWriting(true)}>
            {t('place.write')}
          </Way>
        )}
        {(form.place !== null || without) && (
          <Way icon={<IconCurrentLocation size={20} aria-hidden />} onClick={state.locateAgain}>
            {t('place.locate')}
          </Way>
        )}
      </div>
      {showText && <AddressText state={state} />}
      {error !== null && (
        <p className={classes['error']} role="alert">
          {error}
        </p>
      )}
      {picking && city && (
        <LazyMapPick
          city={city}
          state={state}
          onDone={(inWords) => {
            setPicking(false);
            if (inWords) setWriting(true);
          }}
        />
      )}
    </section>
  );
}

function Way(props: { icon: ReactNode; onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" className={classes['way']} onClick={props.onClick}>
      {props.icon}
      {props.children}
    </button>
  );
}

function AddressText({ state }: { state: ReportFormState }) {
  const { t } = useTranslation('sightings');
  const { atField } = useFaultWords();
  return (
    <TextField
      label={t('place.addressLabel')}
      placeholder={t('place.addressHint')}
      value={state.form.addressText}
      maxLength={300}
      rows={2}
      error={atField(state.fault, 'addressText')}
      onChange={(addressText) => state.change({ addressText })}
    />
  );
}
