/** Several words about the same hours made one: the colder word counts, and what nobody told stays untold. */
import { endOf, hourAt, hourMs, seriesOf } from './hours.ts';
import type { HourTold } from './measures.ts';
import type { Falling, HourSeries } from './schema.ts';

/** How much each takes from somebody outside: water more than snow, and ice on top of water most *(ours)*. */
const harshness: readonly Falling[] = ['none', 'snow', 'rain', 'sleet', 'freezing_rain'];

type Choose<T> = (a: T, b: T) => T;
const of = <T>(choose: Choose<T>, a: T | null, b: T | null): T | null =>
  a === null ? b : b === null ? a : choose(a, b);

const harsher: Choose<Falling> = (a, b) => (harshness.indexOf(a) >= harshness.indexOf(b) ? a : b);

/**
 * The colder, windier, wetter of two words about an hour, each column for itself: what comes out is never milder than
 * either, neither in the air nor as it feels.
 */
export const colderHour = (a: HourTold, b: HourTold): HourTold => ({
  temperatureCelsius: of(Math.min, a.temperatureCelsius, b.temperatureCelsius),
  windKmh: of(Math.max, a.windKmh, b.windKmh),
  precipitationMm: of(Math.max, a.precipitationMm, b.precipitationMm),
  falling: of(harsher, a.falling, b.falling),
});

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
    told.map((one) => hourAt(one, from + index * hourMs)).reduce(colderHour),
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
  let most = 0;
  for (let at = fromMs; at < untilMs; at += hourMs) {
    const one = hourAt(a, at).temperatureCelsius;
    const other = hourAt(b, at).temperatureCelsius;
    if (one !== null && other !== null) most = Math.max(most, Math.abs(one - other));
  }
  return most > contradictionCelsius ? Math.round(most * 10) / 10 : null;
}
