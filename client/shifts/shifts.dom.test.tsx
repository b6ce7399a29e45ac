import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { shiftDraftSchema } from '../../shared/shifts/schema.ts';
import type { ShiftDraft } from '../../shared/shifts/schema.ts';
import { OutboxFull } from '../kernel/outbox/outbox-full.ts';
import { renderWithin } from '../testing/render-app.tsx';
import { StartShift } from './start-shift.tsx';

const start = vi.fn<(draft: ShiftDraft) => Promise<void>>();
const done = vi.fn();
const area = { id: '01890000-0000-7000-8000-0000000000aa', name: 'North' };
const show = () =>
  renderWithin(
    <StartShift
      teamId="team"
      ownName="Li"
      areas={[area]}
      team={{ areaId: area.id, vehicle: 'Van 1' }}
      checkInMinutes={45}
      onStart={start}
      onDone={done}
      onBack={() => undefined}
    />,
  );
const name = (count: number) => screen.getByLabelText<HTMLInputElement>(`Name of person ${count}`);
const press = (words: string) => fireEvent.click(screen.getByText(words).closest('button')!);
const save = () => fireEvent.submit(document.querySelector('form')!);

beforeEach(() => {
  localStorage.clear();
  start.mockReset();
  done.mockReset();
});
afterEach(cleanup);

describe('the beginning of a shift', () => {
  it('takes names and agencies, and is what the server takes', async () => {
    start.mockResolvedValue();
    show();
    expect(name(1).value).toBe('Li');
    press('Add a person');
    fireEvent.change(name(2), { target: { value: ' Wang ' } });
    fireEvent.change(screen.getByLabelText('Agency: Wang', { exact: false }), {
      target: { value: 'police' },
    });
    save();
    await waitFor(() => expect(done).toHaveBeenCalledOnce());
    const draft = start.mock.calls[0]![0];
    expect(shiftDraftSchema.safeParse(draft).success).toBe(true);
    expect(draft).toMatchObject({
      areaId: area.id,
      vehicle: 'Van 1',
      checkInMinutes: 45,
      members: [
        { name: 'Li', agency: 'civil_affairs' },
        { name: 'Wang', agency: 'police' },
      ],
    });
  });
  it('remembers the last crew of this tablet', async () => {
    start.mockResolvedValue();
    show();
    fireEvent.change(name(1), { target: { value: 'Zhao' } });
    save();
    await waitFor(() => expect(done).toHaveBeenCalledOnce());
    cleanup();
    show();
    expect(name(1).value).toBe('Zhao');
  });
  it('asks for one name, and keeps everything when the tablet has no room', async () => {
    start.mockRejectedValueOnce(new OutboxFull('full'));
    show();
    fireEvent.change(name(1), { target: { value: '' } });
    save();
    expect(start).not.toHaveBeenCalled();
    fireEvent.change(name(1), { target: { value: 'Zhao' } });
    save();
    await screen.findByRole('alert');
    expect(name(1).value).toBe('Zhao');
    const first = start.mock.calls[0]![0].id;
    start.mockResolvedValue();
    save();
    await waitFor(() => expect(done).toHaveBeenCalledOnce());
    expect(start.mock.calls[1]![0].id).toBe(first);
  });
});
