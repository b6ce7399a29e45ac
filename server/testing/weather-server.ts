/** A provider of weather on this machine: answers what a test tells it to, and remembers what it was asked. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
}
export type Behaviour = (asked: Asked, response: ServerResponse) => void;

export interface WeatherServer {
  baseUrl: string;
  asked: Asked[];
  /** from the next question on */
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
}

export async function weatherServer(first: Behaviour): Promise<WeatherServer> {
  let behaviour = first;
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://weather.test');
    const one = { path: url.pathname, query: url.searchParams, headers: request.headers };
    asked.push(one);
    behaviour(one, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    behave: (next) => {
      behaviour = next;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export const says =
  (body: string | Buffer, headers: Record<string, string> = {}, status = 200): Behaviour =>
  (_asked, response) => {
    response.writeHead(status, headers);
    response.end(body);
  };

/** `2026-01-05T18:00`, as Open-Meteo writes it. */
export const hourText = (ms: number): string => new Date(ms).toISOString().slice(0, 16);

/** Open-Meteo's documented answer for one point. */
export function openMeteoAnswer(
  place: { lat: number; lon: number },
  fromMs: number,
  temperatures: readonly unknown[],
  more: {
    hourly?: Record<string, unknown>;
    units?: Record<string, string>;
    top?: Record<string, unknown>;
  } = {},
): Record<string, unknown> {
  return {
    latitude: place.lat,
    longitude: place.lon,
    generationtime_ms: 0.05,
    utc_offset_seconds: 0,
    timezone: 'GMT',
    timezone_abbreviation: 'GMT',
    elevation: 44,
    ...more.top,
    hourly_units: {
      time: 'iso8601',
      temperature_2m: '°C',
      wind_speed_10m: 'km/h',
      precipitation: 'mm',
      rain: 'mm',
      showers: 'mm',
      snowfall: 'cm',
      weather_code: 'wmo code',
      ...more.units,
    },
    hourly: {
      time: temperatures.map((_, index) => hourText(fromMs + index * 3_600_000)),
      temperature_2m: temperatures,
      wind_speed_10m: temperatures.map(() => 20),
      precipitation: temperatures.map(() => 0),
      rain: temperatures.map(() => 0),
      showers: temperatures.map(() => 0),
      snowfall: temperatures.map(() => 0),
      weather_code: temperatures.map(() => 3),
      ...more.hourly,
    },
  };
}
