import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { planningSettingsSchema } from '../../shared/planning/schema.ts';
import { api } from '../kernel/api.ts';
import { CallError } from '../kernel/call-error.ts';
import { renderWithin } from '../testing/render-app.tsx';
import { askToConfirm } from '../ui/confirm.tsx';
import { PlanningForm } from './settings-planning-form.tsx';

vi.mock('../kernel/api.ts', () => ({ api: { planning: { saveSettings: { mutate: vi.fn() } } } }));
vi.mock('../ui/notify.tsx', () => ({ notifyDone: vi.fn(), notifyFault: vi.fn() }));
vi.mock('../ui/confirm.tsx', () => ({ askToConfirm: vi.fn() }));

const mutate = vi.mocked(api.planning.saveSettings.mutate);
const confirm = vi.mocked(askToConfirm);
const settings = planningSettingsSchema.parse({});
const show = (auto: { name: string; since: string } | null = null, more = {}) => {
  const saved = vi.fn();
  const before = { settings: { ...settings, ...more }, auto };
  renderWithin(<PlanningForm before={before} onSaved={saved} />);
  return saved;
};
const type = (label: RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const submit = () => fireEvent.click(screen.getByText('Save how plans are made'));
const warning = /sends idle teams without waiting/;

afterEach(() => {
  cleanup();
  vi.resetAllMocks();
});

describe('how plans are made', () => {
  it('shows each weight with its usual value, and sends numbers', async () => {
    mutate.mockImplementation((input) => Promise.resolve({ settings: input, auto: null }) as never);
    const saved = show();
    expect(screen.getByText(/Usually 600/)).toBeTruthy();
    type(/^A minute of driving/, '0.5');
    submit();
    await waitFor(() => expect(saved).toHaveBeenCalledOnce());
    expect(mutate.mock.calls[0]?.[0]).toEqual({ ...settings, travel: 0.5 });
    expect(confirm).not.toHaveBeenCalled();
  });

  it('warns before plans send by themselves, and asks once more', async () => {
    const saved = show();
    expect(screen.queryByText(warning)).toBeNull();
    type(/^Send by itself/, 'red');
    expect(screen.getByText(warning)).toBeTruthy();
    confirm.mockResolvedValueOnce(false);
    submit();
    await waitFor(() => expect(confirm).toHaveBeenCalledOnce());
    expect(mutate).not.toHaveBeenCalled();
    confirm.mockResolvedValueOnce(true);
    mutate.mockImplementation((input) => Promise.resolve({ settings: input, auto: null }) as never);
    submit();
    await waitFor(() => expect(saved).toHaveBeenCalledOnce());
    expect(mutate.mock.calls[0]?.[0]).toMatchObject({ autoDispatch: 'red' });
  });

  it('says who switched it on, and does not ask again for other numbers', async () => {
    mutate.mockImplementation((input) => Promise.resolve({ settings: input, auto: null }) as never);
    const by = { name: 'Wang Min', since: '2026-01-05T18:03:00.000Z' };
    const saved = show(by, { autoDispatch: 'red' });
    expect(screen.getByText(/Switched on by Wang Min/)).toBeTruthy();
    submit();
    await waitFor(() => expect(saved).toHaveBeenCalledOnce());
    expect(confirm).not.toHaveBeenCalled();
  });

  it('says at the field what is wrong with an address', async () => {
    mutate.mockRejectedValue(
      new CallError('invalid_input', { app: { code: 'invalid_input', field: 'vroomUrl' } }),
    );
    show();
    type(/^Address of a VROOM/, 'vroom:3000');
    submit();
    expect(await screen.findByText(/has to begin with http/)).toBeTruthy();
  });
});
