import { useEffect, useState } from 'react';
import { nightOf } from '../../shared/shifts/night.ts';
import type { NightHours } from '../../shared/shifts/night.ts';
import { api } from '../kernel/api.ts';
import { useCity } from '../kernel/city.tsx';
import { useNow } from '../kernel/clock.ts';

/** When the city's night began, as its settings say: ISO; null until they are known. */
export function useNightStart(): string | null {
  const { city } = useCity();
  const now = useNow();
  const [hours, setHours] = useState<NightHours | null>(null);
  useEffect(() => {
    let gone = false;
    api.cities.readSettings.query().then(
      ({ nightHours }) => !gone && setHours(nightHours),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, []);
  if (hours === null || city === null) return null;
  return new Date(nightOf(now, city.timeZone, hours).from).toISOString();
}
