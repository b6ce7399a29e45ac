import { useMemo } from 'react';
import { useNow } from './clock.ts';
import { useCity } from './city.tsx';
import * as format from './format.ts';
import { useLanguage } from './i18n.ts';

export interface Format {
  ago: (at: string) => string;
  time: (at: string) => string;
  date: (at: string) => string;
  exact: (at: string) => string;
  duration: (milliseconds: number) => string;
  distance: (meters: number) => string;
  temperature: (celsius: number) => string;
  count: (count: number) => string;
  /** the shared clock, in ms */
  now: number;
}

/** The formats of this screen: its language, the city's time, one clock that ticks. */
export function useFormat(): Format {
  const language = useLanguage();
  const { city } = useCity();
  const now = useNow();
  const timeZone = city?.timeZone ?? 'Asia/Shanghai';
  return useMemo(() => {
    const place = { language, timeZone };
    return {
      now,
      ago: (at) => format.formatAgo(at, now, language),
      time: (at) => format.formatTime(at, now, place),
      date: (at) => format.formatDate(at, place),
      exact: (at) => format.formatExact(at, place),
      duration: (milliseconds) => format.formatDuration(milliseconds, language),
      distance: (meters) => format.formatDistance(meters, language),
      temperature: format.formatTemperature,
      count: format.formatCount,
    };
  }, [language, timeZone, now]);
}
