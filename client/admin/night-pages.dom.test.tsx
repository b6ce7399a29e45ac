import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { responseSettingsSchema } from '../../shared/response/settings.ts';
import type { SourceView } from '../../shared/weather/schema.ts';
import { api } from '../kernel/api.ts';
import { renderWithin } from '../testing/render-app.tsx';
import { askToConfirm } from '../ui/confirm.tsx';
import { AutomaticForm } from './automatic-form.tsx';
import { EffectsForm } from './effects-form.tsx';
import { HandHoursPage } from './hand-hours-page.tsx';
import { RulesForm } from './rules-form.tsx';
import { SourceForm } from './weather-source-form.tsx';

vi.mock('../kernel/api.ts', () => ({
  api: { weather: { saveSource: { mutate: vi.fn() }, typeHours: { mutate: vi.fn() } } },
}));
vi.mock('../ui/notify.tsx', () => ({ notifyDone: vi.fn(), notifyFault: vi.fn() }));
vi.mock('../ui/confirm.tsx', () => ({ askToConfirm: vi.fn() }));

const settings = responseSettingsSchema.parse({});
const confirm = vi.mocked(askToConfirm);
const type = (label: RegExp, value: string, within_: ReturnType<typeof within> = screen) =>
  fireEvent.change(within_.getByLabelText(label), { target: { value } });
const press = (name: RegExp | string) => fireEvent.click(screen.getByRole('button', { name }));
const saving = () => vi.fn((input) => Promise.resolve(input));

afterEach(() => {
  cleanup();
  vi.resetAllMocks();
});

describe('the rules', () => {
  it('are rows that become the city’s own when one is changed', async () => {
    const save = saving();
    renderWithin(<RulesForm settings={settings} save={save} onSaved={() => undefined} home="/" />);
    const row = within(screen.getByRole('group', { name: 'Rule 7' }));
    type(/^At most/, '-12', row);
    press('Save the rules');
    await waitFor(() => expect(save).toHaveBeenCalledOnce());
    const saved = save.mock.calls[0]![0];
    expect(saved.preset).toBe('own');
    expect(saved.rules.rules[6]).toEqual({
      level: 'blue',
      condition: { kind: 'felt_below', celsius: -12, hours: 3 },
    });
    expect(saved.effects).toEqual(settings.effects);
  });

  it('say at the number what it may be, and keep what was typed', async () => {
    const save = saving();
    renderWithin(<RulesForm settings={settings} save={save} onSaved={() => undefined} home="/" />);
    const row = within(screen.getByRole('group', { name: 'Rule 7' }));
    type(/^For at least so many hours/, '30', row);
    press('Save the rules');
    expect(await row.findByText('A number from 1 to 24 is needed here.')).toBeTruthy();
    expect(row.getByLabelText<HTMLInputElement>(/^For at least so many hours/).value).toBe('30');
    expect(save).not.toHaveBeenCalled();
  });

  it('of another set replace changed ones only after a question', async () => {
    const own = { ...settings, preset: 'own' as const };
    renderWithin(<RulesForm settings={own} save={saving()} onSaved={() => undefined} home="/" />);
    confirm.mockResolvedValueOnce(false);
    press(/^Toronto/);
    await waitFor(() => expect(confirm).toHaveBeenCalledOnce());
    expect(screen.getAllByRole('group')).toHaveLength(settings.rules.rules.length);
    confirm.mockResolvedValueOnce(true);
    press(/^Toronto/);
    await waitFor(() => expect(screen.getAllByRole('group')).toHaveLength(1));
  });

  it('change their fields with the kind of condition', () => {
    renderWithin(
      <RulesForm settings={settings} save={saving()} onSaved={() => undefined} home="/" />,
    );
    const row = within(screen.getByRole('group', { name: 'Rule 7' }));
    type(/^Condition/, 'cold_wave', row);
    expect(row.getByLabelText(/^The minimum falls by at least/)).toBeTruthy();
    expect(row.queryByLabelText(/^For at least so many hours/)).toBeNull();
  });
});

it('what a level changes is saved for this level alone', async () => {
  const save = saving();
  renderWithin(
    <EffectsForm level="red" settings={settings} save={save} onSaved={() => undefined} home="/" />,
  );
  type(/^Recheck after/, '0.5');
  press('Save what Red changes');
  await waitFor(() => expect(save).toHaveBeenCalledOnce());
  const { effects } = save.mock.calls[0]![0];
  expect(effects.red.recheckHours).toBe(0.5);
  expect(effects.orange).toEqual(settings.effects.orange);
});

it('acting by itself is explained, and asked once more before it is switched on', async () => {
  const save = saving();
  renderWithin(<AutomaticForm settings={settings} save={save} onSaved={() => undefined} />);
  type(/^What the system may do/, 'all');
  expect(screen.getByText(/with all hours ahead known/)).toBeTruthy();
  confirm.mockResolvedValueOnce(false);
  press('Save what it does by itself');
  await waitFor(() => expect(confirm).toHaveBeenCalledOnce());
  expect(save).not.toHaveBeenCalled();
});

describe('a weather source', () => {
  const source: SourceView = {
    id: '01890000-0000-7000-8000-000000000009',
    kind: 'qweather',
    name: 'QWeather',
    address: 'https://abc.re.qweatherapi.com',
    hasKey: true,
    enabled: true,
    places: [],
    grid: false,
    state: 'fresh',
    lastAnswerAt: null,
    lastAttemptAt: null,
    nextAttemptAt: null,
    faults: [],
  };
  const mutate = vi.mocked(api.weather.saveSource.mutate);

  it('keeps its key unless another is written or it is taken away; it is never shown', async () => {
    mutate.mockResolvedValue(source);
    renderWithin(<SourceForm source={source} home="/" />);
    const key = screen.getByLabelText<HTMLInputElement>(/^Key/);
    expect(key.value).toBe('');
    press('Save the source');
    await waitFor(() => expect(mutate).toHaveBeenCalledOnce());
    expect(mutate.mock.calls[0]![0].key).toBeNull();
    fireEvent.click(screen.getByLabelText('Take the kept key away'));
    press('Save the source');
    await waitFor(() => expect(mutate).toHaveBeenCalledTimes(2));
    expect(mutate.mock.calls[1]![0].key).toBe('');
  });

  it('says at the address what is wrong with it', async () => {
    renderWithin(<SourceForm source={source} home="/" />);
    type(/^Address/, 'abc.re.qweatherapi.com');
    press('Save the source');
    expect(await screen.findByText(/has to begin with http/)).toBeTruthy();
    expect(mutate).not.toHaveBeenCalled();
  });
});

it('hours are typed in by the part and sent one by one', async () => {
  const mutate = vi.mocked(api.weather.typeHours.mutate);
  mutate.mockResolvedValue(null as never);
  renderWithin(<HandHoursPage />);
  press('Save 6 hours');
  expect(await screen.findAllByText('Please fill this in.')).toHaveLength(2);
  type(/^Temperature/, '-8');
  type(/^Wind/, '15');
  type(/^Rain or snow/, 'snow');
  press('Save 6 hours');
  await waitFor(() => expect(mutate).toHaveBeenCalledOnce());
  const hours = mutate.mock.calls[0]![0];
  expect(hours).toHaveLength(6);
  expect(hours[5]).toMatchObject({
    temperatureCelsius: -8,
    windKmh: 15,
    precipitationMm: null,
    falling: 'snow',
  });
});
