/** A key point as it is typed: numbers may be half written, its place not chosen yet. */
import { keyPointDefaults } from '../../shared/key-points/defaults.ts';
import type { KeyPointView } from '../../shared/key-points/schema.ts';
import type { useForm } from './use-form.ts';

type Typed = number | string;

export const start = (keyPoint: KeyPointView | null) => {
  const usual = keyPoint ?? keyPointDefaults.underpass;
  return {
    name: keyPoint?.name ?? '',
    kind: keyPoint?.kind ?? 'underpass',
    lon: (keyPoint?.lon ?? '') as Typed,
    lat: (keyPoint?.lat ?? '') as Typed,
    radiusMeters: usual.radiusMeters as Typed,
    fromHour: usual.fromHour as Typed,
    toHour: usual.toHour as Typed,
    normalEveryMinutes: usual.normalEveryMinutes as Typed,
    coldEveryMinutes: usual.coldEveryMinutes as Typed,
    note: keyPoint?.note ?? '',
  };
};
export type KeyPointFormDraft = ReturnType<typeof start>;
export type KeyPointFormState = ReturnType<typeof useForm<KeyPointFormDraft>>;
