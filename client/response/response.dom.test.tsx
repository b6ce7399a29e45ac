import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ActivationView, ProposalView } from '../../shared/response/schema.ts';
import { responseSettingsSchema } from '../../shared/response/settings.ts';
import { api } from '../kernel/api.ts';
import { CallError } from '../kernel/call-error.ts';
import { renderWithin } from '../testing/render-app.tsx';
import { askToConfirm } from '../ui/confirm.tsx';
import { LevelBadge } from '../ui/level-badge.tsx';
import { notifyFault } from '../ui/notify.tsx';
import { DeclareDialog } from './declare-dialog.tsx';
import { ProposalBar, ProposalCard } from './proposal-card.tsx';

vi.mock('../kernel/api.ts', () => ({
  api: {
    response: {
      readSettings: { query: vi.fn() },
      declare: { mutate: vi.fn() },
      end: { mutate: vi.fn() },
      dismiss: { mutate: vi.fn() },
    },
  },
}));
vi.mock('../ui/notify.tsx', () => ({ notifyDone: vi.fn(), notifyFault: vi.fn() }));
vi.mock('../ui/confirm.tsx', () => ({ askToConfirm: vi.fn() }));

const settings = responseSettingsSchema.parse({});
const declare = vi.mocked(api.response.declare.mutate);
const end = vi.mocked(api.response.end.mutate);
const dismiss = vi.mocked(api.response.dismiss.mutate);
const confirm = vi.mocked(askToConfirm);
const ahead = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

const proposal: ProposalView = {
  id: '01890000-0000-7000-8000-000000000001',
  kind: 'raise',
  level: 'orange',
  reasons: [
    { code: 'felt_below', celsius: -28, lowestCelsius: -31.2, hours: 4, at: ahead(6) },
    { code: 'wet', warmestCelsius: 1.5, precipitationMm: 2.4, hours: 3, at: ahead(2) },
    { code: 'warning', event: '寒潮', severity: 'Severe', sender: 'Bureau' },
    { code: 'hours_missing', hoursMissing: 2, hoursAsked: 14 },
  ],
  fromAt: ahead(1),
  untilAt: ahead(15),
  temperatureCelsius: -18,
  windKmh: 41,
  feltCelsius: -31.2,
  hoursMissing: 2,
  madeAt: ahead(-1),
  state: 'open',
};
const night: ActivationView = {
  id: '01890000-0000-7000-8000-000000000002',
  level: 'yellow',
  temperatureCelsius: -6,
  windKmh: 15,
  feltCelsius: -12,
  note: 'as agreed',
  drill: false,
  reasons: [{ code: 'by_hand' }],
  declaredAt: ahead(-3),
  byRule: false,
  untilAt: null,
  endedAt: null,
  proposalId: null,
  effects: settings.effects.yellow,
};
const names = { shelter: (id: string) => `shelter ${id}`, team: (id: string) => `team ${id}` };
const dialog = (more: Partial<Parameters<typeof DeclareDialog>[0]> = {}) => {
  vi.mocked(api.response.readSettings.query).mockResolvedValue(settings);
  const closed = vi.fn();
  renderWithin(
    <DeclareDialog
      opened
      night={null}
      proposal={null}
      weather={null}
      names={names}
      chart={<p>the chart</p>}
      onClose={closed}
      {...more}
    />,
  );
  return closed;
};
const press = (name: RegExp | string) => fireEvent.click(screen.getByRole('button', { name }));
const field = (label: RegExp) => screen.getByLabelText<HTMLInputElement>(label);

afterEach(() => {
  cleanup();
  vi.resetAllMocks();
});

describe('declaring a night', () => {
  it('begins with the weather of this hour, and says beside the form what a level changes', async () => {
    const hour = {
      at: ahead(0),
      temperatureCelsius: -13,
      windKmh: 20,
      feltCelsius: -21.6,
      wet: false,
    };
    const closed = dialog({ weather: hour });
    expect(field(/^Temperature/).value).toBe('-13');
    expect(screen.getByText('−22 °C')).toBeTruthy();
    expect(screen.getByText('the chart')).toBeTruthy();
    expect(await screen.findByText(/visited again within 4 h/)).toBeTruthy();
    fireEvent.click(screen.getByRole('radio', { name: 'Red' }));
    expect(screen.getByText(/visited again within 1 h/)).toBeTruthy();
    expect(screen.getByText(/0.5 times their usual/)).toBeTruthy();
    declare.mockResolvedValue(night);
    press('Declare: Red');
    await waitFor(() => expect(closed).toHaveBeenCalledOnce());
    expect(declare.mock.calls[0]?.[0]).toEqual({
      level: 'red',
      temperatureCelsius: -13,
      windKmh: 20,
      note: '',
      drill: false,
      untilAt: null,
      proposalId: null,
      activationId: null,
    });
  });

  it('keeps what was typed when it is refused', async () => {
    const closed = dialog({ weather: null });
    fireEvent.change(field(/^Temperature/), { target: { value: '-9' } });
    fireEvent.change(field(/^Wind/), { target: { value: '12' } });
    fireEvent.change(field(/^Note/), { target: { value: 'snow on the bridges' } });
    declare.mockRejectedValue(
      new CallError('invalid_input', { app: { code: 'invalid_input', field: 'windKmh' } }),
    );
    press('Declare: Blue');
    expect(await screen.findByText('This is not filled in correctly.')).toBeTruthy();
    expect(field(/^Note/).value).toBe('snow on the bridges');
    expect(field(/^Temperature/).value).toBe('-9');
    expect(closed).not.toHaveBeenCalled();
  });

  it('is plainly another thing when it is a drill, which leaves the public page as it is', async () => {
    dialog({
      weather: { at: ahead(0), temperatureCelsius: -9, windKmh: 9, feltCelsius: -14, wet: null },
    });
    fireEvent.click(screen.getByLabelText(/^This is a drill/));
    expect(screen.getByRole('button', { name: 'Begin the drill: Blue' })).toBeTruthy();
    expect(await screen.findByText('a drill leaves the public page as it is')).toBeTruthy();
    cleanup();
    renderWithin(<LevelBadge level="red" drill />, { language: 'zh-CN' });
    expect(screen.getByText('演练')).toBeTruthy();
  });

  it('asks once more before it lowers, and has its own words for ending', async () => {
    dialog({ night: { ...night, level: 'red' } });
    expect(screen.queryByLabelText(/^This is a drill/)).toBeNull();
    fireEvent.click(screen.getByRole('radio', { name: 'Blue' }));
    confirm.mockResolvedValueOnce(false);
    press('Lower to Blue');
    await waitFor(() => expect(confirm).toHaveBeenCalledOnce());
    expect(declare).not.toHaveBeenCalled();
    confirm.mockResolvedValueOnce(true);
    end.mockResolvedValue(night);
    press('End the response');
    await waitFor(() => expect(end).toHaveBeenCalledOnce());
    expect(end).toHaveBeenCalledWith({ proposalId: null, activationId: night.id });
  });

  it('keeps what was typed when another night is in force than was seen', async () => {
    const closed = dialog({ night });
    fireEvent.change(field(/^Note/), { target: { value: 'the wind turns' } });
    declare.mockRejectedValue(new CallError('night_changed', { app: { code: 'night_changed' } }));
    press('Save the change');
    await waitFor(() => expect(declare).toHaveBeenCalledOnce());
    expect(declare.mock.calls[0]?.[0]).toMatchObject({ activationId: night.id });
    await waitFor(() =>
      expect(notifyFault).toHaveBeenCalledWith(
        expect.stringMatching(/^The response has just changed/),
      ),
    );
    expect(field(/^Note/).value).toBe('the wind turns');
    expect(closed).not.toHaveBeenCalled();
  });

  it('keeps what was typed when the proposal that was followed is withdrawn', () => {
    vi.mocked(api.response.readSettings.query).mockResolvedValue(settings);
    const fixed = { opened: true, night, weather: null, names, chart: null, onClose: vi.fn() };
    function Adjusting() {
      const [open, setOpen] = useState<ProposalView | null>(proposal);
      return (
        <>
          <button onClick={() => setOpen(null)}>withdraw</button>
          <DeclareDialog {...fixed} proposal={open} />
        </>
      );
    }
    renderWithin(<Adjusting />);
    fireEvent.change(field(/^Note/), { target: { value: 'ice on the steps' } });
    fireEvent.click(screen.getByText('withdraw'));
    expect(field(/^Note/).value).toBe('ice on the steps');
    expect(field(/^Temperature/).value).toBe('-18');
  });
});

describe('a proposal', () => {
  const card = () => {
    vi.mocked(api.response.readSettings.query).mockResolvedValue(settings);
    const done = vi.fn();
    const adjust = vi.fn();
    renderWithin(
      <ProposalCard
        proposal={proposal}
        night={night}
        names={names}
        mayAct
        chart={<p>the chart</p>}
        onAdjust={adjust}
        onDone={done}
      />,
    );
    return { done, adjust };
  };

  it('says what and why in sentences, how many hours nobody tells, and what changes from now', async () => {
    card();
    expect(screen.getByText('Proposed: raise to Orange')).toBeTruthy();
    expect(screen.getByText(/^4 h feel like −28 °C or colder; the lowest −31.2 °C/)).toBeTruthy();
    expect(screen.getByText(/^3 h of wet cold: 2.4 mm fall at 1.5 °C or below/)).toBeTruthy();
    expect(screen.getByText('Bureau has issued “寒潮” (severe)')).toBeTruthy();
    expect(screen.getByText(/^Of these, 2 hours are told by no source/)).toBeTruthy();
    expect(await screen.findByText(/visited again within 2 h/)).toBeTruthy();
    expect(
      screen.getByText(/^now: people who stay outside are visited again within 4 h/),
    ).toBeTruthy();
  });

  it('is followed with its own values, under its id', async () => {
    const { done } = card();
    declare.mockResolvedValue(night);
    press('Follow');
    await waitFor(() => expect(done).toHaveBeenCalledOnce());
    expect(declare.mock.calls[0]?.[0]).toMatchObject({
      level: 'orange',
      temperatureCelsius: -18,
      windKmh: 41,
      note: 'as agreed',
      untilAt: proposal.untilAt,
      proposalId: proposal.id,
      activationId: night.id,
    });
  });

  it('is put aside only after a question, and by whom is recorded', async () => {
    const { done, adjust } = card();
    confirm.mockResolvedValueOnce(true);
    dismiss.mockResolvedValue(proposal);
    press('Not now');
    await waitFor(() => expect(done).toHaveBeenCalledOnce());
    expect(dismiss).toHaveBeenCalledWith({ id: proposal.id });
    press('Change first');
    expect(adjust).toHaveBeenCalledOnce();
  });

  it('lies on one line of the board, with its level in words', () => {
    const opened = vi.fn();
    renderWithin(<ProposalBar proposal={proposal} mayAct={false} onOpen={opened} />, {
      language: 'zh-CN',
    });
    expect(screen.getByRole('status').textContent).toBe('建议升为橙色响应');
    press('看详情');
    expect(opened).toHaveBeenCalledOnce();
  });
});
