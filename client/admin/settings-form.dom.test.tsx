import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { citySettingsSchema } from '../../shared/cities/schema.ts';
import { api } from '../kernel/api.ts';
import { renderWithin } from '../testing/render-app.tsx';
import { SettingsForm } from './settings-form.tsx';
import { CallError } from '../kernel/call-error.ts';

vi.mock('../kernel/api.ts', () => ({ api: { cities: { changeSettings: { mutate: vi.fn() } } } }));
vi.mock('../ui/notify.tsx', () => ({ notifyDone: vi.fn(), notifyFault: vi.fn() }));

const change = vi.mocked(api.cities.changeSettings.mutate);
const before = {
  ...citySettingsSchema.parse({}),
  nameZh: '暖河市',
  nameEn: 'Nuanhe',
  hotline: '110',
};
const field = (label: RegExp) => screen.getByLabelText<HTMLInputElement>(label);
const type = (label: RegExp, value: string) =>
  fireEvent.change(field(label), { target: { value } });
const submit = () => fireEvent.click(screen.getByText('Save the settings'));
const note = /reports of the city are grouped anew/;

afterEach(() => {
  cleanup();
  vi.resetAllMocks();
});

describe('the settings of a city', () => {
  it('say before saving that the places are grouped anew, but only when they are', () => {
    renderWithin(<SettingsForm before={before} onSaved={() => undefined} />);
    type(/^Hotline/, '010-12345');
    expect(screen.queryByText(note)).toBeNull();
    type(/^How near is together/, '120');
    expect(screen.getByText(note)).toBeTruthy();
    type(/^How near is together/, '80');
    expect(screen.queryByText(note)).toBeNull();
  });

  it('send numbers, and no widest place when the cut is off', async () => {
    change.mockImplementation((input) => Promise.resolve(input) as never);
    const saved = vi.fn();
    renderWithin(<SettingsForm before={before} onSaved={saved} />);
    type(/^How near is together/, '120');
    fireEvent.click(screen.getByLabelText(/^Cut places/));
    submit();
    await waitFor(() => expect(saved).toHaveBeenCalledOnce());
    expect(change.mock.calls[0]?.[0]).toEqual({
      ...before,
      epsMeters: 120,
      maxDiameterMeters: null,
    });
  });

  it('send what is asked of teams, and no check-in when none is asked for', async () => {
    change.mockImplementation((input) => Promise.resolve(input) as never);
    renderWithin(<SettingsForm before={before} onSaved={() => undefined} />);
    type(/^How often \(minutes/, '30');
    type(/^How long a stay/, '90');
    type(/^Winter factor/, '1.5');
    type(/^To hour/, '5');
    submit();
    await waitFor(() => expect(change).toHaveBeenCalledOnce());
    const asked = {
      checkInMinutes: 30,
      dwellSeconds: 90,
      winterFactor: 1.5,
      nightHours: { from: 20, to: 5 },
    };
    expect(change.mock.calls[0]?.[0]).toMatchObject(asked);
    fireEvent.click(screen.getByLabelText(/^Ask teams for a sign/));
    submit();
    await waitFor(() => expect(change).toHaveBeenCalledTimes(2));
    expect(change.mock.calls[1]?.[0]).toMatchObject({ ...asked, checkInMinutes: null });
  });

  it('keep what was typed after an error and say it at the field', async () => {
    change.mockRejectedValue(
      new CallError('invalid_input', {
        app: { code: 'invalid_input', field: 'recheckHours.normal' },
      }),
    );
    renderWithin(<SettingsForm before={before} onSaved={() => undefined} />);
    type(/^Without a cold night/, '0.5');
    submit();
    expect(await screen.findByText('This is not filled in correctly.')).toBeTruthy();
    expect(field(/^Without a cold night/).getAttribute('aria-invalid')).toBe('true');
    expect(field(/^Without a cold night/).value).toBe('0.5');
  });

  it('ask for priority scores that rise, and for every number', () => {
    renderWithin(<SettingsForm before={before} onSaved={() => undefined} />);
    type(/^Level 3/, '20');
    submit();
    expect(screen.getByText('The three scores must rise.')).toBeTruthy();
    type(/^Level 3/, '50');
    type(/^How near is together/, '');
    submit();
    expect(screen.getByText('Please fill this in.')).toBeTruthy();
    expect(change).not.toHaveBeenCalled();
  });
});
