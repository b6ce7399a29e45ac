import { create } from 'zustand';
import type { ActivationView } from '../../shared/weather/schema.ts';

interface WeatherStore {
  activation: ActivationView | null;
}

export const useWeather = create<WeatherStore>(() => ({ activation: null }));

/** The cold night in force, or null. */
export const useNight = (): ActivationView | null =>
  useWeather((store) => (store.activation?.endedAt === null ? store.activation : null));
