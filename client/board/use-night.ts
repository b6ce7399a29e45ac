import { useEffect, useState } from 'react';
import { nightOf } from '../../shared/shifts/night.ts';
import type { NightHours } from '../../shared/shifts/night.ts';
import { api } from '../kernel/api.ts';
import { useCity } from '../kernel/city.tsx';
import { useNow } from '../kernel/clock.ts';

/** The city's night, as its settings say, in ISO: the one that is on or the last; null until they are known. */
export function useCityNight(): { from: string; to: string } | null {
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
  const night = nightOf(now, city.timeZone, hours);
  return { from: new Date(night.from).toISOString(), to: new Date(night.to).toISOString() };
}
