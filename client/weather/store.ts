import { useMemo } from 'react';
import { create } from 'zustand';
import { feltNow } from '../../shared/response/felt.ts';
import type { ActivationView } from '../../shared/response/schema.ts';
import type {
  SourceView,
  WeatherAtLeast,
  WeatherNews,
  WeatherView,
} from '../../shared/weather/schema.ts';
import { weatherAt } from '../../shared/weather/where.ts';
import type { Position } from '../../shared/geo/position.ts';
import { useNow } from '../kernel/clock.ts';
import type { Fault } from '../kernel/fault.ts';

interface WeatherStore {
  /** by the event stream, with every change */
  news: WeatherNews | null;
  /** the night in force, whose declared value counts where no weather is told */
  declared: ActivationView | null;
  /** all hours, as last read; also of an earlier run */
  view: WeatherView | null;
  /** why they could not be read */
  fault: Fault | null;
}

export const nothingHeard: WeatherStore = { news: null, declared: null, view: null, fault: null };
export const useWeatherStore = create<WeatherStore>(() => nothingHeard);

const hourMs = 3_600_000;
/** A screen without a network goes on with the hour it heard of last, but not for longer than this. */
const holdsMs = 3 * hourMs;
function aged(news: WeatherNews | null, now: number): WeatherNews | null {
  const at = news?.now?.at ?? news?.toldAt;
  return news && at && now - Date.parse(at) >= holdsMs ? { ...news, stale: true } : news;
}

/** What was told of this hour; an hour long past is stale whatever the server said of it. */
export function useWeatherNews(): WeatherNews | null {
  const now = useNow();
  const news = useWeatherStore((store) => store.news);
  return useMemo(() => aged(news, now), [news, now]);
}

/** The felt temperature of the city that counts now, °C; null: nobody said. */
export function useFelt(): number | null {
  const now = useNow();
  return useWeatherStore(({ news, declared }) => feltNow(aged(news, now), declared));
}

const agingMs = 600_000;
/** As exact as the age of what was told has to be: so long everything that is reckoned with it stays the same. */
export const useAgingNow = (): number => Math.floor(useNow() / agingMs) * agingMs;

/** The weather where somebody stands, of the hours as they were read last, also with no network; null: not told. */
export function useWeatherAt(position: Position | null): WeatherAtLeast | null {
  const view = useWeatherStore((store) => store.view);
  const now = useAgingNow();
  return useMemo(
    () =>
      view === null || position === null
        ? null
        : weatherAt(view, position, new Date(now).toISOString(), now),
    [view, position, now],
  );
}

/** A source as the server has just saved it: its page opens before the hours are read anew. */
export function putSource(source: SourceView): void {
  useWeatherStore.setState(({ view }) =>
    view === null
      ? {}
      : {
          view: {
            ...view,
            sources: [...view.sources.filter(({ id }) => id !== source.id), source],
          },
        },
  );
}
