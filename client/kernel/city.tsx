/** Which city this screen is about: the signed-in one, else the one chosen before, else the first. */
import { createContext, use, useCallback, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { CityView } from '../../shared/cities/schema.ts';
import { api } from './api.ts';
import { useWhenBack } from './connection.ts';
import { faultOf } from './fault.ts';
import type { Fault } from './fault.ts';
import { useLanguage } from './i18n.ts';
import { readKept, writeKept } from './kept.ts';
import { readStored, writeStored } from './stored.ts';

export interface CityChoice {
  city: CityView | null;
  cities: CityView[];
  loading: boolean;
  fault: Fault | null;
  /** the city's name in the language on screen */
  name: string;
  choose: (cityId: string) => void;
  reload: () => void;
}

const key = 'nuanxun.city';
const nothing: CityChoice = {
  city: null,
  cities: [],
  loading: true,
  fault: null,
  name: '',
  choose: () => undefined,
  reload: () => undefined,
};
export const CityContext = createContext<CityChoice>(nothing);

export const useCity = (): CityChoice => use(CityContext);

/** `signedInTo` (from the session) goes before any other choice. */
export function CityProvider(props: { signedInTo: string | null; children: ReactNode }) {
  const [cities, setCities] = useState<CityView[] | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [chosen, setChosen] = useState(() => readStored(key));
  const language = useLanguage();

  const reload = useCallback(() => {
    setFault(null);
    api.cities.list.query().then(
      (list) => {
        setCities(list);
        void writeKept('cities', list);
      },
      (error: unknown) => setFault(faultOf(error)),
    );
    void readKept<CityView[]>('cities').then((kept) => setCities((before) => before ?? kept));
  }, []);
  useEffect(reload, [reload]);
  useWhenBack(fault !== null, reload);

  const choose = useCallback((cityId: string) => {
    writeStored(key, cityId);
    setChosen(cityId);
  }, []);

  const value = useMemo<CityChoice>(() => {
    const list = cities ?? [];
    const wanted = props.signedInTo ?? chosen;
    const city = list.find((candidate) => candidate.id === wanted) ?? list[0] ?? null;
    const name = city === null ? '' : language === 'en' ? city.nameEn : city.nameZh;
    const loading = cities === null && fault === null;
    // With the cities of last time a screen does its work; the connection's own line says what is the matter.
    const shown = cities === null ? fault : null;
    return { city, cities: list, loading, fault: shown, name, choose, reload };
  }, [cities, chosen, choose, fault, language, props.signedInTo, reload]);

  return <CityContext value={value}>{props.children}</CityContext>;
}
