/** Reads the hours of the weather when there is news of others; a tablet keeps them, for the next time without a network. */
import { useEffect } from 'react';
import type { WeatherView } from '../../shared/weather/schema.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import { readKept, writeKept } from '../kernel/kept.ts';
import { useWeatherStore } from './store.ts';

const againMs = 20_000;

interface Kept {
  cityId: string;
  view: WeatherView;
}

/** Once per screen that shows hours. `keepFor`: whose tablet it is; null: nothing is left on the device. */
export function useFollowWeather(cityId: string | null, keepFor: string | null): void {
  const revision = useWeatherStore(({ news }) => news?.revision ?? null);
  useEffect(() => {
    if (cityId === null || keepFor === null) return;
    void readKept<Kept>(`weather ${keepFor}`).then((kept) => {
      if (kept?.cityId === cityId && useWeatherStore.getState().view === null)
        useWeatherStore.setState({ view: kept.view });
    });
  }, [cityId, keepFor]);
  useEffect(() => {
    if (cityId === null) return undefined;
    let here = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      try {
        const view = await api.weather.read.query();
        if (!here) return;
        useWeatherStore.setState({ view, fault: null });
        if (keepFor !== null) void writeKept(`weather ${keepFor}`, { cityId, view } satisfies Kept);
      } catch (error) {
        if (!here) return;
        useWeatherStore.setState({ fault: faultOf(error) });
        timer = setTimeout(() => void read(), againMs);
      }
    };
    void read();
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [cityId, keepFor, revision]);
}
