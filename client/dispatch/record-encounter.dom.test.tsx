import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EncounterDraft } from '../../shared/dispatch/schema.ts';
import { OutboxFull } from '../kernel/outbox/outbox-full.ts';
import { renderWithin } from '../testing/render-app.tsx';
import { RecordEncounter } from './record-encounter.tsx';
import { forgetDrafts, openDrafts, useRecords } from './record-draft.ts';
import type { Planned, Visit } from './record-draft.ts';

const record = vi.fn<(encounter: EncounterDraft) => Promise<void>>();

const visit: Visit = { dispatchId: '01890000-0000-7000-8000-000000000001', recheckId: null };
const stations = [
  {
    id: 's1',
    name: 'North station',
    bedsFree: 0,
    bedsTotal: 10,
    places: [{ kind: 'general' as const, free: 0 }],
    open: true,
    away: null,
  },
  {
    id: 's2',
    name: 'South station',
    bedsFree: 3,
    bedsTotal: 10,
    places: [
      { kind: 'men' as const, free: 2 },
      { kind: 'women' as const, free: 1 },
    ],
    open: true,
    away: '1 km',
  },
];
const saved = vi.fn();

function show(of: Visit = visit, planned?: Planned) {
  return renderWithin(
    <RecordEncounter
      visit={of}
      position={{ lon: 116.4, lat: 39.9 }}
      stations={stations}
      {...(planned ? { planned } : {})}
      onSend={record}
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

beforeEach(() => forgetDrafts());
afterEach(() => {
  cleanup();
  vi.resetAllMocks();
});

describe('recording a person', () => {
  it('keeps what was entered when the tablet is full, and hands on the same id and time again', async () => {
    record.mockRejectedValueOnce(new OutboxFull('full'));
    record.mockResolvedValueOnce();
    show();
    fireEvent.click(press('Declined help'));
    fireEvent.click(press('Elderly'));
    fireEvent.click(screen.getByLabelText('Coat: One more'));
    fireEvent.change(note(), { target: { value: 'sits by the vent' } });
    fireEvent.click(press('Save this person'));
    await screen.findByRole('alert');
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
    record.mockResolvedValue();
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
    record.mockRejectedValueOnce(new OutboxFull('broken'));
    show();
    fireEvent.click(press('Brought to a station'));
    expect(press('Now choose the station').hasAttribute('disabled')).toBe(true);
    expect(press('North station').hasAttribute('disabled')).toBe(false);
    fireEvent.click(press('South station'));
    fireEvent.click(press('Save this person'));
    await waitFor(() => expect(record).toHaveBeenCalledOnce());
    expect(record.mock.calls[0]![0].stationId).toBe('s2');
    await screen.findByRole('alert');
    expect(press('South station').getAttribute('aria-pressed')).toBe('true');
  });

  it('brings to the place that is kept, says its kind, and fills in the items of the plan', async () => {
    record.mockResolvedValue();
    show(visit, { items: { quilt: 1 }, held: { stationId: 's2', bedKind: 'women' } });
    fireEvent.click(press('Brought to a station'));
    expect(press('South station').getAttribute('aria-pressed')).toBe('true');
    expect(screen.getByText('A bed is held for you')).toBeDefined();
    expect(press('Women: 1 free').getAttribute('aria-pressed')).toBe('true');
    expect(screen.getByText(/As planned/)).toBeDefined();
    fireEvent.click(screen.getByLabelText('Coat: One more'));
    expect(screen.queryByText(/As planned/)).toBeNull();
    fireEvent.click(press('Save this person'));
    await waitFor(() => expect(record).toHaveBeenCalledOnce());
    expect(record.mock.calls[0]![0]).toMatchObject({
      stationId: 's2',
      bedKind: 'women',
      items: expect.arrayContaining([
        { item: 'quilt', quantity: 1 },
        { item: 'coat', quantity: 1 },
      ]),
    });
  });

  it('gives nothing by itself where help was declined, and keeps what was written by hand', async () => {
    record.mockResolvedValue();
    show(visit, { items: { quilt: 1 }, held: null });
    fireEvent.click(press('Helped on the street'));
    fireEvent.click(press('Declined help'));
    fireEvent.click(press('Save this person'));
    await waitFor(() => expect(record).toHaveBeenCalledOnce());
    expect(record.mock.calls[0]![0]).toMatchObject({ items: [], bedKind: null });
  });

  it('goes on after a reload where it was, and leaves nothing behind for the next person', () => {
    openDrafts('u1');
    const first = show();
    fireEvent.click(press('Declined help'));
    fireEvent.change(note(), { target: { value: 'by the vent' } });
    first.unmount();
    // the page was killed: memory is gone, the disk is not
    useRecords.setState({ drafts: new Map() });
    openDrafts('u2');
    expect(useRecords.getState().drafts.size).toBe(0);
    openDrafts('u1');
    expect(useRecords.getState().drafts.size).toBe(0);
  });

  it('comes back to the same person after a reload', () => {
    openDrafts('u3');
    const first = show();
    fireEvent.click(press('Declined help'));
    fireEvent.change(note(), { target: { value: 'by the vent' } });
    const kept = localStorage.getItem('nuanxun.encounters');
    first.unmount();
    forgetDrafts();
    expect(localStorage.getItem('nuanxun.encounters')).toBe('null');
    localStorage.setItem('nuanxun.encounters', kept!);
    openDrafts('u3');
    show();
    expect(note().value).toBe('by the vent');
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
    record.mockResolvedValue();
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
