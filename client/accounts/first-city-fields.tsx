/** Where there is no city yet, the first administrator says where it is: a circle around a place. */
import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { firstCitySchema } from '../../shared/accounts/schema.ts';

export type FirstCity = z.infer<typeof firstCitySchema>;

export const emptyCity = {
  nameZh: '',
  nameEn: '',
  id: '',
  lon: '',
  lat: '',
  radiusKm: '20',
  hotline: '110',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
};
export type CityEntries = typeof emptyCity;
const fields = ['nameZh', 'nameEn', 'id', 'lat', 'lon', 'radiusKm', 'hotline', 'timeZone'] as const;
const numbers: readonly string[] = ['lat', 'lon', 'radiusKm'];

const parse = (entries: CityEntries) => {
  const number = (text: string) => (text.trim() === '' ? Number.NaN : Number(text));
  const { lon, lat, radiusKm } = entries;
  return firstCitySchema.safeParse({
    ...entries,
    lon: number(lon),
    lat: number(lat),
    radiusKm: number(radiusKm),
  });
};
/** null while something is missing or can't be */
export const readCityEntries = (entries: CityEntries): FirstCity | null =>
  parse(entries).data ?? null;

export function FirstCityFields(props: {
  entries: CityEntries;
  onChange: (entries: CityEntries) => void;
  /** what is wrong shows once sending was tried */
  tried: boolean;
  /** what the server said of a field, if anything */
  refused: (field: string) => string | null;
}) {
  const { t } = useTranslation('accounts');
  const { entries, onChange, tried } = props;
  const wrong = new Set(tried ? parse(entries).error?.issues.map((issue) => issue.path[0]) : []);
  return (
    <>
      <p>{t('firstCity.text')}</p>
      {fields.map((field) => (
        <TextInput
          key={field}
          size="lg"
          label={t(`firstCity.${field}`)}
          value={entries[field]}
          inputMode={numbers.includes(field) ? 'decimal' : 'text'}
          error={wrong.has(field) ? t('firstCity.wrong') : props.refused(`city.${field}`)}
          onChange={(event) => onChange({ ...entries, [field]: event.currentTarget.value })}
        />
      ))}
    </>
  );
}
