/** Several words about the same hours made one: the colder word counts, and what nobody told stays untold. */
import { endOf, hourAt, hourMs, seriesOf } from './hours.ts';
import { feltAt } from './measures.ts';
import type { HourTold } from './measures.ts';
import type { Falling, HourSeries } from './schema.ts';

/** How much each takes from somebody outside: water more than snow, and ice on top of water most *(ours)*. */
const harshness: readonly Falling[] = ['none', 'snow', 'rain', 'sleet', 'freezing_rain'];

const most = (values: readonly (number | null)[]): number | null => {
  const told = values.filter((value) => value !== null);
  return told.length === 0 ? null : Math.max(...told);
};

/**
 * The coldest, windiest, wettest of several words about an hour, each column for itself: what comes out is never milder
 * than any of them, neither in the air nor as it feels. Wet snow by one word in the colder air of another would be dry;
 * it is told as sleet then, because it may wet.
 */
export function coldestHour(words: readonly HourTold[]): HourTold {
  const told = words.map(({ falling }) => falling).filter((falling) => falling !== null);
  const warmth = most(words.map(({ temperatureCelsius: t }) => (t === null ? null : -t)));
  const hour: HourTold = {
    temperatureCelsius: warmth === null ? null : 0 - warmth,
    windKmh: most(words.map(({ windKmh }) => windKmh)),
    precipitationMm: most(words.map(({ precipitationMm }) => precipitationMm)),
    falling: harshness.findLast((falling) => told.includes(falling)) ?? null,
  };
  const wets = words.some((word) => feltAt(word).wet === true);
  return wets && feltAt(hour).wet !== true ? { ...hour, falling: 'sleet' } : hour;
}

/**
 * Over all hours that any of the series reaches. A gap in one is filled by what another told of that very hour, and by
 * nothing else: no hour is made up from its neighbours.
 */
export function mergeSeries(series: readonly HourSeries[]): HourSeries | null {
  const told = series.filter((one) => one.temperatureCelsius.length > 0);
  if (told.length === 0) return null;
  const from = Math.min(...told.map((one) => Date.parse(one.fromAt)));
  const until = Math.max(...told.map(endOf));
  const hours = Array.from({ length: (until - from) / hourMs }, (_, index) =>
    coldestHour(told.map((one) => hourAt(one, from + index * hourMs))),
  );
  return seriesOf(from, hours);
}

/** A person's word takes the place of all others in its hour; what falls is added where the person didn't say. */
export const overruled = (hour: HourTold, word: HourTold): HourTold =>
  word.temperatureCelsius === null
    ? hour
    : {
        ...word,
        precipitationMm: word.precipitationMm ?? hour.precipitationMm,
        falling: word.falling ?? hour.falling,
      };

/** How far two sources may lie apart in the same hour before it is said *(ours)*. */
const contradictionCelsius = 5;

/** By how much two series differ at most within the hours; null: by no more than what is usual between two forecasts. */
export function contradiction(
  a: HourSeries,
  b: HourSeries,
  { fromMs, untilMs }: { fromMs: number; untilMs: number },
): number | null {
  let apart = 0;
  for (let at = fromMs; at < untilMs; at += hourMs) {
    const one = hourAt(a, at).temperatureCelsius;
    const other = hourAt(b, at).temperatureCelsius;
    if (one !== null && other !== null) apart = Math.max(apart, Math.abs(one - other));
  }
  return apart > contradictionCelsius ? Math.round(apart * 10) / 10 : null;
}
