/** A forecast service for journeys: Open-Meteo's documented shape over hours that the journey decides. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Hour {
  temperatureCelsius: number;
  windKmh: number;
}

export interface WeatherService {
  url: string;
  /** what it will be like from now on */
  tell(hour: (hoursFromNow: number) => Hour): void;
  /** it refuses everybody until it is told something again */
  fail(): void;
  asked(): number;
  stop(): Promise<void>;
}

const hourMs = 3_600_000;

export async function startWeatherService(): Promise<WeatherService> {
  let hourAt: ((hoursFromNow: number) => Hour) | null = null;
  let questions = 0;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    questions += 1;
    const known = url.pathname === '/v1/forecast' && hourAt !== null;
    response.writeHead(known ? 200 : 503, { 'content-type': 'application/json; charset=utf-8' });
    response.end(
      JSON.stringify(
        known && hourAt ? answer(url.searchParams, hourAt) : { error: true, reason: 'down' },
      ),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tell: (hour) => (hourAt = hour),
    fail: () => (hourAt = null),
    asked: () => questions,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function answer(query: URLSearchParams, hourAt: (hoursFromNow: number) => Hour): unknown {
  const listed = (name: string) => (query.get(name) ?? '').split(',');
  const today = Math.floor(Date.now() / (24 * hourMs)) * 24 * hourMs;
  const fromMs = today - Number(query.get('past_days') ?? 0) * 24 * hourMs;
  const days = Number(query.get('past_days') ?? 0) + Number(query.get('forecast_days') ?? 7);
  const times = Array.from({ length: days * 24 }, (_, hour) => fromMs + hour * hourMs);
  const thisHour = Math.floor(Date.now() / hourMs) * hourMs;
  const hours = times.map((at) => hourAt((at - thisHour) / hourMs));
  const columns: Record<string, number[]> = {
    temperature_2m: hours.map((hour) => hour.temperatureCelsius),
    wind_speed_10m: hours.map((hour) => hour.windKmh),
  };
  const dry = hours.map(() => 0);
  const longitudes = listed('longitude');
  const places = listed('latitude').map((latitude, index) => ({
    latitude: Number(latitude),
    longitude: Number(longitudes[index]),
    generationtime_ms: 0.05,
    utc_offset_seconds: 0,
    timezone: 'GMT',
    timezone_abbreviation: 'GMT',
    elevation: 210,
    hourly_units: { time: 'iso8601', temperature_2m: '°C', wind_speed_10m: 'km/h' },
    hourly: {
      time: times.map((at) => new Date(at).toISOString().slice(0, 16)),
      ...Object.fromEntries(listed('hourly').map((name) => [name, columns[name] ?? dry])),
    },
    ...(index > 0 ? { location_id: index } : {}),
  }));
  return places.length === 1 ? places[0] : places;
}
