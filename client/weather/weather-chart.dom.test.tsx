import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { HourSeries } from '../../shared/weather/schema.ts';
import { renderWithin } from '../testing/render-app.tsx';
import { chartShape, labelled, linePath } from './chart-shape.ts';
import { shownHours } from './hours.ts';
import { WeatherChart } from './weather-chart.tsx';

const hourMs = 3_600_000;
const start = Math.floor(Date.now() / hourMs) * hourMs;
const local = { timeZone: 'Asia/Shanghai', fromHour: 18, toHour: 8 };

/** Of 30 hours from now the third and fourth aren't told. */
function series(): HourSeries {
  const all = Array.from({ length: 30 }, (_, index) => index);
  const told = <T,>(value: (index: number) => T) =>
    all.map((index) => (index === 2 || index === 3 ? null : value(index)));
  return {
    fromAt: new Date(start).toISOString(),
    temperatureCelsius: told((index) => -5 - index / 3),
    windKmh: told(() => 20),
    precipitationMm: told((index) => (index === 5 ? 0.4 : 0)),
    falling: told((index) => (index === 5 ? ('snow' as const) : ('none' as const))),
  };
}

afterEach(cleanup);

describe('the chart of the coming hours', () => {
  it('says the coldest hour, and in words which hours nobody told', () => {
    renderWithin(<WeatherChart series={series()} local={local} />);
    expect(screen.getByText(/^Lowest felt temperature of the next 48 hours: −2\d °C/)).toBeTruthy();
    const gaps = screen.getByText(/No source tells of these hours/).textContent;
    // those two, and what the forecast doesn't reach
    expect(gaps.split(' · ')).toHaveLength(2);
  });

  it('is gone through hour by hour by keyboard, each read out', () => {
    renderWithin(<WeatherChart series={series()} local={local} />);
    const slider = screen.getByRole('slider', { name: /Which hour/ });
    expect(slider.getAttribute('aria-valuetext')).toMatch(
      /air −5 °C, felt −12 °C, wind 20 km\/h, dry/,
    );
    fireEvent.change(slider, { target: { value: '5' } });
    expect(slider.getAttribute('aria-valuetext')).toMatch(/air not told, felt not told/);
    fireEvent.change(slider, { target: { value: '8' } });
    expect(slider.getAttribute('aria-valuetext')).toMatch(/snow 0.4 mm/);
  });

  it('has the same as a table, where what is missing is said and not left out', () => {
    renderWithin(<WeatherChart series={series()} local={local} />);
    const details = screen.getByText('Hour by hour').closest('details')!;
    details.open = true;
    fireEvent(details, new Event('toggle'));
    const rows = within(screen.getByRole('table')).getAllByRole('row');
    expect(rows).toHaveLength(1 + 48);
    expect(within(rows[3]!).getAllByText('not told')).toHaveLength(4);
  });

  it('says so where nothing at all is told', () => {
    const nothing = {
      ...series(),
      temperatureCelsius: [],
      windKmh: [],
      precipitationMm: [],
      falling: [],
    };
    renderWithin(<WeatherChart series={nothing} local={local} />, { language: 'zh-CN' });
    expect(screen.getByText('未来 48 小时没有任何天气数据。')).toBeTruthy();
  });
});

describe('the drawn lines', () => {
  it('break off where an hour is not told, and never bridge it', () => {
    const x = (index: number) => index;
    const path = linePath([-1, -2, null, -3, null, -4, -5], x, (value) => value);
    expect(path).toBe('M0.0,-1.0L1.0,-2.0M3.0,-3.0h0.1M5.0,-4.0L6.0,-5.0');
  });
  it('stand on a scale that holds every value and every line of the rules', () => {
    const hours = shownHours(series(), start, local, { before: 0, count: 30 });
    const line = { celsius: -40, level: 'red' as const, words: '' };
    const { temperature } = chartShape(hours, [line], 320);
    expect(temperature.ticks[0]).toBeLessThanOrEqual(-41);
    expect(temperature.y(-40)).toBeLessThan(temperature.bottom);
    expect(temperature.y(-5)).toBeGreaterThan(temperature.top);
  });
  it('are named unless a name would be written over another', () => {
    const at = (celsius: number) => ({ celsius, level: 'blue' as const, words: '' });
    const a = at(-10);
    const b = at(-11);
    const c = at(-30);
    expect([...labelled([a, b, c], (celsius) => -celsius * 4)]).toEqual([c, b]);
  });
});
