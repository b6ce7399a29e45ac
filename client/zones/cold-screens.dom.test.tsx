import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { indexOfCell } from '../../shared/zones/cell-field.ts';
import { useConnection } from '../kernel/connection.ts';
import { renderWithin } from '../testing/render-app.tsx';
import { ColdCard } from './cold-card.tsx';
import { ColdLegend } from './cold-legend.tsx';
import { ColdState } from './cold-state.tsx';
import { HourSlider } from './hour-slider.tsx';
import { noField, useCold, useZonesStore } from './store.ts';
import { middleCell, testField, testNow, testPicture } from './testing.ts';
import { ZoneEditor } from './zone-editor.tsx';
import { ZoneList } from './zone-list.tsx';

const save = vi.hoisted(() => vi.fn());
vi.mock('../kernel/api.ts', () => ({ api: { zones: { save: { mutate: save } } } }));
vi.mock('../ui/notify.tsx', () => ({ notifyDone: vi.fn(), notifyFault: vi.fn() }));

beforeEach(() => {
  vi.useFakeTimers({ now: testNow, toFake: ['Date'] });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.resetAllMocks();
  useCold.setState(noField);
  useZonesStore.setState({ zones: new Map() });
  useConnection.setState({ state: 'connecting' });
});

const zone = {
  id: 'z1',
  name: 'East bank',
  boundary: {
    type: 'Polygon' as const,
    coordinates: [
      [
        [116.4, 39.9],
        [116.41, 39.9],
        [116.41, 39.91],
        [116.4, 39.9],
      ] as [number, number][],
    ],
  },
  weight: 2,
  fromHour: 22,
  toHour: 6,
  note: 'heating vents',
  removed: false,
};

describe('the card of a cell', () => {
  function seenHere() {
    const field = testField();
    const index = indexOfCell(field, middleCell);
    field.peopleSeen14[index] = 4;
    field.usualFrom[index] = 23;
    field.usualTo[index] = 2;
    field.lastVisitAtMs[index] = testNow - 320 * 60_000;
    field.peak[index] = 1.6;
    field.profiles = [new Float32Array(24).fill(1)];
    return { field, index };
  }

  it('says who may be there, how cold it is and how long nobody looked, in one line and each by itself', () => {
    const { field, index } = seenHere();
    renderWithin(<ColdCard picture={testPicture(new Map(), { field })} index={index} />);
    expect(
      screen.getByText(
        '4 people seen here in the last 14 nights, usually 23:00–02:00 · −19 °C felt · no visit for 5 h 20 min',
      ),
    ).toBeTruthy();
    expect(screen.getByText('about 1.6')).toBeTruthy();
    expect(screen.getByText('−19 °C')).toBeTruthy();
    expect(screen.getByText('5 h 20 min')).toBeTruthy();
    expect(screen.getByText(/people × cold .* × unvisited/)).toBeTruthy();
  });

  it('says it in Chinese, that nobody knows how cold it is, and that a forecast is one', () => {
    const { field, index } = seenHere();
    const picture = testPicture(new Map(), { field, feltCelsius: null, hoursAhead: 3 });
    renderWithin(<ColdCard picture={picture} index={index} />, { language: 'zh-CN' });
    expect(screen.getByText(/最近 14 夜在这里见到 4 人.*体感温度不明.*8 小时 20 分/)).toBeTruthy();
    expect(screen.getByRole('note').textContent).toBe('这是 05:03 的预报，不是现在');
  });
});

describe('the slider', () => {
  const feltThere = (_: unknown, atMs: number) => ({
    feltCelsius: atMs > testNow ? -21 : -17,
    wet: false,
    told: atMs < testNow + 6 * 3_600_000,
  });

  it('says the hour, how cold it will be, and that it is a forecast', () => {
    const onChange = vi.fn();
    renderWithin(<HourSlider hoursAhead={3} feltThere={feltThere} onChange={onChange} />);
    const slider = screen.getByRole('slider', { name: 'Which hour' });
    expect(slider.getAttribute('aria-valuetext')).toBe('Forecast: in 3 hours, 05:03, −21 °C felt');
    expect(screen.getByText('Forecast')).toBeTruthy();
    fireEvent.change(slider, { target: { value: '7' } });
    expect(onChange).toHaveBeenCalledWith(7);
    fireEvent.click(screen.getByRole('button', { name: 'Back to now' }));
    expect(onChange).toHaveBeenCalledWith(0);
  });

  it('is at now without a word of forecast', () => {
    renderWithin(<HourSlider hoursAhead={0} feltThere={feltThere} onChange={vi.fn()} />);
    expect(screen.queryByText('Forecast')).toBeNull();
    const back = screen.getByRole<HTMLButtonElement>('button', { name: 'Back to now' });
    expect(back.disabled).toBe(true);
  });

  it('says where no weather is known of the hour', () => {
    const { rerender } = renderWithin(
      <HourSlider hoursAhead={9} feltThere={feltThere} onChange={vi.fn()} />,
    );
    expect(screen.getByText('No weather for this hour: counted as declared')).toBeTruthy();
    rerender(<span />);
    renderWithin(<HourSlider hoursAhead={0} feltThere={() => null} onChange={vi.fn()} />);
    expect(screen.getByText('No weather for this hour')).toBeTruthy();
  });
});

it('the legend tells cells and drawn areas apart, in words', () => {
  renderWithin(<ColdLegend hoursAhead={2} />);
  expect(screen.getByText(/People who may be there × how cold × how long unvisited/)).toBeTruthy();
  expect(screen.getByText(/Broken outline with name and weight/)).toBeTruthy();
  expect(screen.getAllByRole('img').map((mark) => mark.getAttribute('aria-label'))).toEqual([
    'Step 4: highest',
    'Step 3: high',
    'Step 2: moderate',
    'Step 1: low',
  ]);
  expect(screen.getByText('Shown now: the forecast for 04:03')).toBeTruthy();
});

it('a field that is on its way, not to be had, or kept from earlier says so', () => {
  const retry = vi.fn();
  const { unmount } = renderWithin(<ColdState />);
  expect(screen.getByRole('status')).toBeTruthy();
  unmount();
  useCold.setState({ error: new Error('away'), retry });
  const failed = renderWithin(<ColdState />);
  expect(screen.getByText('The cold cells did not come')).toBeTruthy();
  fireEvent.click(screen.getByRole('button'));
  expect(retry).toHaveBeenCalled();
  failed.unmount();
  useCold.setState({ field: testField() });
  const kept = renderWithin(<ColdState />);
  expect(screen.getByText(/These cells are from just now/)).toBeTruthy();
  kept.unmount();
  useConnection.setState({ state: 'offline' });
  renderWithin(<ColdState />);
  expect(screen.getByText(/kept on this device/)).toBeTruthy();
});

it('drawn areas are listed with weight, hours and whether they count now', () => {
  useZonesStore.setState({ zones: new Map([['z1', zone]]) });
  const onSelect = vi.fn();
  renderWithin(<ZoneList chosenId={null} onSelect={onSelect} />);
  const row = screen.getByRole('button', { name: /East bank/ });
  expect(within(row).getByText('weight 2 · 22:00–06:00 · counts now · heating vents')).toBeTruthy();
  fireEvent.click(row);
  expect(onSelect).toHaveBeenCalledWith('z1');
});

it('an area is changed in its words, and keeps its shape unless that was changed as well', async () => {
  save.mockResolvedValue(zone);
  const onDone = vi.fn();
  renderWithin(<ZoneEditor zone={zone} drawn={null} onDone={onDone} />);
  const name = screen.getByDisplayValue('East bank');
  fireEvent.change(name, { target: { value: 'East bank, lower' } });
  fireEvent.click(screen.getByRole('button', { name: 'Save the area' }));
  await vi.waitFor(() => expect(onDone).toHaveBeenCalled());
  const { id, boundary, weight, fromHour, toHour, note } = zone;
  const sent = { id, name: 'East bank, lower', boundary, weight, fromHour, toHour, note };
  expect(save).toHaveBeenCalledWith(sent);
});
