/** A position as people say it: the street and what stands beside it, in the language on screen. */
import { useEffect, useState } from 'react';
import type { Position } from '../../shared/geo/position.ts';
import { api } from '../kernel/api.ts';
import { useLanguage } from '../kernel/i18n.ts';

export interface PlaceWords {
  /** null = not known (yet), or nothing near has a name */
  text: string | null;
  asking: boolean;
}

interface Described {
  key: string;
  zh: string | null;
  en: string | null;
}

/** A fix that trembles by a few metres is the same place: about 10 m. */
const keyOf = ({ lon, lat }: Position): string => `${lon.toFixed(4)},${lat.toFixed(4)}`;

/** Asks once for each place; without a network it answers that nothing is known. */
export function usePlaceWords(cityId: string | null, position: Position | null): PlaceWords {
  const language = useLanguage();
  const [described, setDescribed] = useState<Described | null>(null);
  const key = position === null || cityId === null ? null : keyOf(position);
  useEffect(() => {
    if (key === null || cityId === null) return;
    const [lon = 0, lat = 0] = key.split(',').map(Number);
    let left = false;
    const ask = async () => api.streets.describe.query({ cityId, position: { lon, lat } });
    ask().then(
      ({ zh, en }) => left || setDescribed({ key, zh, en }),
      () => left || setDescribed({ key, zh: null, en: null }),
    );
    return () => {
      left = true;
    };
  }, [cityId, key]);
  if (key === null) return { text: null, asking: false };
  if (described?.key !== key) return { text: null, asking: true };
  return { text: (language === 'en' ? described.en : described.zh) || null, asking: false };
}
