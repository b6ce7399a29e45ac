/** Weather as it comes in: sources, the hours they tell of, and the warnings of a weather bureau. */
import { z } from 'zod';
import { positionSchema } from '../geo/position.ts';
import { idSchema, instantSchema } from '../wire.ts';

/** Where weather comes from; 'hand' is what somebody at the desk typed in. */
export const sourceKinds = ['open_meteo', 'qweather', 'cap_feed', 'hand'] as const;
export type SourceKind = (typeof sourceKinds)[number];

export const fallings = ['none', 'rain', 'freezing_rain', 'sleet', 'snow'] as const;
export type Falling = (typeof fallings)[number];

/**
 * Hours in a row of one place, in columns of equal length. null = not told: never to be read as mild, dry or calm.
 */
export interface HourSeries {
  /** start of the first hour, ISO-8601 UTC; each further entry is one hour later */
  fromAt: string;
  temperatureCelsius: (number | null)[];
  /** mean wind 10 m above ground */
  windKmh: (number | null)[];
  /** water of all that fell within the hour, mm */
  precipitationMm: (number | null)[];
  falling: (Falling | null)[];
}

/** One hour that somebody typed in; any moment within it stands for the hour. */
export const handHourSchema = z.object({
  at: instantSchema,
  temperatureCelsius: z.number().min(-80).max(50),
  windKmh: z.number().min(0).max(300),
  precipitationMm: z.number().min(0).max(500).nullable(),
  falling: z.enum(fallings).nullable(),
});

export type HandHour = z.infer<typeof handHourSchema>;
export const handHoursSchema = z.array(handHourSchema).min(1).max(72);

export const weatherPlaceSchema = positionSchema.extend({ name: z.string().trim().max(100) });
export type WeatherPlace = z.infer<typeof weatherPlaceSchema>;

/** http(s) alone, and no name or password in it: what is seen on screens and in the log holds no secret. */
export const sourceAddressSchema = z
  .string()
  .trim()
  .max(500)
  .refine((text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, username, password } = new URL(text);
    return ['http:', 'https:'].includes(protocol) && username === '' && password === '';
  });

export const maxPlaces = 25;
/** A source as an administrator sets it up. */
export const sourceDraftSchema = z.object({
  id: idSchema,
  kind: z.enum(sourceKinds).exclude(['hand']),
  name: z.string().trim().min(1).max(100),
  /** empty: the usual one of the kind, where there is one */
  address: z.union([z.literal(''), sourceAddressSchema]),
  /** null: the one that is kept stays; '' takes it away. Never read back. */
  key: z.string().trim().max(500).nullable(),
  enabled: z.boolean(),
  /** what to ask for; none = a grid over the city, or its middle where each place is a question of its own */
  places: z.array(weatherPlaceSchema).max(maxPlaces),
  /** of QWeather: ask for the points of its grid rather than for the nearest station's forecast */
  grid: z.boolean().default(false),
});
export type SourceDraft = z.infer<typeof sourceDraftSchema>;
export const sourceIdSchema = z.object({ id: idSchema });

/** What it is like at one place in one hour. */
export interface WeatherAt {
  /** start of the hour it is about */
  at: string;
  temperatureCelsius: number;
  windKmh: number;
  /** wind chill; with rain, sleet or wet snow near zero that of somebody who is wet */
  feltCelsius: number;
  /** rain, sleet or wet snow at T ≤ 3 °C; null: what falls isn't told, and it could be */
  wet: boolean | null;
}

/** The same of an hour whose wind may not be told: it feels no milder than this then. */
export type WeatherAtLeast = Omit<WeatherAt, 'windKmh'> & { windKmh: number | null };

/** A place that weather is known for: a station, or a point of the provider's grid. */
export interface WeatherPoint {
  sourceId: string;
  /** of the provider */
  id: string;
  name: string;
  kind: 'station' | 'grid';
  lon: number;
  lat: number;
  /** when the provider made it, as far as it says, else when it was fetched */
  issuedAt: string;
  hours: HourSeries;
}

/**
 * fresh: told lately · stale: older than it should be, still shown with its age · failing: nothing for so long that it
 * isn't counted any more · never: hasn't answered yet · off
 */
export type SourceState = 'fresh' | 'stale' | 'failing' | 'never' | 'off';
/** What went wrong with the last answers, in the order of how serious; the screen has the sentences. */
export type SourceFault =
  | { code: 'unreachable' }
  | { code: 'refused'; status: number }
  | { code: 'malformed'; at: string }
  | { code: 'late'; hours: number }
  | { code: 'contradicts'; sourceId: string; celsius: number }
  | { code: 'duplicated'; count: number }
  | { code: 'left_out'; count: number };

/** A source as the staff sees it; its key never leaves the server. */
export interface SourceView {
  id: string;
  kind: SourceKind;
  name: string;
  /** base address or feed; empty for 'hand' */
  address: string;
  hasKey: boolean;
  enabled: boolean;
  places: WeatherPlace[];
  grid: boolean;
  state: SourceState;
  lastAnswerAt: string | null;
  lastAttemptAt: string | null;
  nextAttemptAt: string | null;
  faults: SourceFault[];
}

/** What came when somebody asked a source at once. */
export interface SourceTrial {
  source: SourceView;
  /** of the source, as they are known now */
  points: number;
  hoursAhead: number;
  warnings: number;
}

export const warningSeverities = ['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown'] as const;
export type WarningSeverity = (typeof warningSeverities)[number];
/** An official warning that is in force or about to be, whoever sent it. */
export interface WarningView {
  /** of the sender; an update replaces the one it refers to */
  id: string;
  sourceId: string;
  event: string;
  headline: string;
  text: string;
  sender: string;
  severity: WarningSeverity;
  /** about cold: cold wave, frost, low temperatures, snow, ice, wind chill */
  cold: boolean;
  /** where it holds, in the sender's words */
  areaText: string;
  /** false: the sender drew no area, so that whether it concerns this city is for a person to read */
  placed: boolean;
  fromAt: string;
  untilAt: string;
}

/** All that is known of the weather: read with `weather.read`, announced by `weather.changed`. */
export interface WeatherView {
  revision: number;
  /** the hours of the city as a whole, from 96 h ago to what is forecast: of several sources the colder word */
  city: HourSeries;
  points: WeatherPoint[];
  warnings: WarningView[];
  sources: SourceView[];
}

/** Travels with every change: enough for a strip on top of a screen. */
export interface WeatherNews {
  revision: number;
  /** of the city's middle, this hour; null: nothing that is fresh enough, or its wind isn't told */
  now: WeatherAt | null;
  /** the air of this hour, told without wind too: it feels no milder than that; not told by older servers */
  airCelsius?: number | null;
  /** when what is said here was told by its source */
  toldAt: string | null;
  stale: boolean;
}
