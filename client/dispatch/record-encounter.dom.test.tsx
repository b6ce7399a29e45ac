import { TRPCClientError } from '@trpc/client';
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ErrorCode } from '../../shared/errors.ts';
import { api } from '../kernel/api.ts';
import { renderWithin } from '../testing/render-app.tsx';
import { RecordEncounter } from './record-encounter.tsx';
import { useRecords } from './record-draft.ts';
import type { Visit } from './record-draft.ts';

vi.mock('../kernel/api.ts', () => ({
  api: { dispatch: { recordEncounter: { mutate: vi.fn() } } },
}));
const record = vi.mocked(api.dispatch.recordEncounter.mutate);
const refusal = (code: ErrorCode) =>
  new TRPCClientError(code, {
    result: { error: { message: code, code: -32600, data: { app: { code } } } },
  });

const visit: Visit = { dispatchId: '01890000-0000-7000-8000-000000000001', recheckId: null };
const stations = [
  { id: 's1', name: 'North station', bedsFree: 0, bedsTotal: 10, open: true, away: null },
  { id: 's2', name: 'South station', bedsFree: 3, bedsTotal: 10, open: true, away: '1 km' },
];
const saved = vi.fn();

function show(of: Visit = visit) {
  return renderWithin(
    <RecordEncounter
      visit={of}
      position={{ lon: 116.4, lat: 39.9 }}
      stations={stations}
      onSaved={saved}
      onBack={() => undefined}
    />,
  );
}
/** By text: walking every role costs seconds in jsdom. */
function press(words: string): HTMLElement {
  const found = screen.getByText(words).closest<HTMLElement>('button, a');
  if (!found) throw new Error(`nothing to press says ${words}`);
  return found;
}
const note = () => screen.getByLabelText<HTMLTextAreaElement>(/Note/);

beforeEach(() => useRecords.setState({ drafts: new Map(), recorded: new Map() }));
afterEach(() => {
  cleanup();
  vi.resetAllMocks();
});

describe('recording a person', () => {
  it('keeps what was entered after an error, and sends the same id and time again', async () => {
    record.mockRejectedValueOnce(new TRPCClientError('Failed to fetch'));
    record.mockResolvedValueOnce({ id: 'x', recheckId: null });
    show();
    fireEvent.click(press('Declined help'));
    fireEvent.click(press('Elderly'));
    fireEvent.click(screen.getByLabelText('Coat: One more'));
    fireEvent.change(note(), { target: { value: 'sits by the vent' } });
    fireEvent.click(press('Save this person'));
    await screen.findByText(/cannot be reached/);
    expect(note().value).toBe('sits by the vent');
    expect(saved).not.toHaveBeenCalled();
    fireEvent.click(press('Save this person'));
    await waitFor(() => expect(saved).toHaveBeenCalledOnce());
    const [first, second] = record.mock.calls.map(([draft]) => draft);
    expect(second).toEqual(first);
    expect(first).toMatchObject({
      ...visit,
      outcome: 'refused',
      flags: ['elderly'],
      items: [{ item: 'coat', quantity: 1 }],
      note: 'sits by the vent',
    });
  });

  it('writes one encounter per person, each with an id of its own', async () => {
    record.mockResolvedValue({ id: 'x', recheckId: null });
    const first = show();
    fireEvent.click(press('Helped on the street'));
    fireEvent.click(press('Save this person'));
    await waitFor(() => expect(saved).toHaveBeenCalledOnce());
    first.unmount();
    show();
    expect(screen.getByText(/Person 2/)).toBeDefined();
    fireEvent.click(press('Already left'));
    fireEvent.click(press('Save this person'));
    await waitFor(() => expect(saved).toHaveBeenCalledTimes(2));
    const ids = record.mock.calls.map(([draft]) => draft.id);
    expect(new Set(ids).size).toBe(2);
  });

  it('asks for a station when someone is brought in, and takes one that counts itself full', async () => {
    record.mockRejectedValueOnce(refusal('database_unavailable'));
    show();
    fireEvent.click(press('Brought to a station'));
    expect(press('Now choose the station').hasAttribute('disabled')).toBe(true);
    expect(press('North station').hasAttribute('disabled')).toBe(false);
    fireEvent.click(press('South station'));
    fireEvent.click(press('Save this person'));
    await waitFor(() => expect(record).toHaveBeenCalledOnce());
    expect(record.mock.calls[0]![0].stationId).toBe('s2');
    await screen.findByText(/server cannot save|cannot store|try again/i);
    expect(press('South station').getAttribute('aria-pressed')).toBe('true');
  });

  it('says who must be escorted and who goes to hospital first', () => {
    show();
    fireEvent.click(press('Declined help'));
    expect(screen.queryByText(/must be escorted/)).toBeNull();
    fireEvent.click(press('Minor'));
    expect(screen.getByText(/must be escorted/)).toBeDefined();
    fireEvent.click(press('Injured'));
    expect(screen.getByText(/Treatment first/)).toBeDefined();
    expect(press('Call 120').getAttribute('href')).toBe('tel:120');
  });

  it('asks for nothing about a person who was not met', async () => {
    record.mockResolvedValue({ id: 'x', recheckId: null });
    show({ dispatchId: null, recheckId: '01890000-0000-7000-8000-000000000002' });
    fireEvent.click(press('Helped on the street'));
    fireEvent.click(press('Injured'));
    fireEvent.click(press('Nobody found'));
    expect(screen.queryByText('Injured')).toBeNull();
    fireEvent.click(press('Save this person'));
    await waitFor(() => expect(record).toHaveBeenCalledOnce());
    expect(record.mock.calls[0]![0]).toMatchObject({
      dispatchId: null,
      recheckId: '01890000-0000-7000-8000-000000000002',
      flags: [],
      items: [],
    });
  });
});
