import 'fake-indexeddb/auto';
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useOutbox } from '../kernel/outbox/outbox.ts';
import type { OutboxItem } from '../kernel/outbox/outbox.ts';
import { renderWithin } from '../testing/render-app.tsx';
import { AttachmentStrip } from './attachment-strip.tsx';
import { useDraftMedia } from './drafts.ts';
import type { DraftMedia } from './drafts.ts';
import { enqueueMedia } from './enqueue.ts';

const subjectId = '019b8e3c-0000-7000-8000-000000000001';
const cityId = 'demo';

beforeEach(() => {
  URL.createObjectURL = () => 'blob:photo';
  URL.revokeObjectURL = () => undefined;
});
afterEach(() => {
  cleanup();
  useOutbox.setState({ items: [], progress: new Map() });
});

const draft = (id: string, change: Partial<DraftMedia> = {}): DraftMedia => ({
  id,
  kind: 'photo',
  blob: new Blob(['photo']),
  takenAt: '2026-01-05T18:00:00.000Z',
  ...change,
});

const queued = (id: string, change: Partial<OutboxItem>): OutboxItem => ({
  id,
  subject: `sighting:${subjectId}`,
  kind: 'media.upload',
  at: '2026-01-05T18:00:00.000Z',
  madeAt: '2026-01-05T18:00:00.000Z',
  cityId,
  userId: null,
  payload: { id, cityId, kind: 'photo', subjectKind: 'sighting', subjectId, takenAt: '' },
  blobId: 'b',
  urgent: false,
  attempts: 0,
  lastTriedAt: null,
  state: 'waiting',
  fault: null,
  order: 1,
  ...change,
});

describe('what is attached', () => {
  it('is nothing where there is nothing', () => {
    renderWithin(<AttachmentStrip drafts={[]} />);
    expect(screen.queryByRole('list')).toBeNull();
  });

  it('names each of a form, and lets it be taken off', () => {
    const onRemove = vi.fn();
    const drafts = [draft('a'), draft('b', { kind: 'voice', durationSeconds: 65 }), draft('c')];
    renderWithin(<AttachmentStrip drafts={drafts} onRemove={onRemove} />);
    const names = screen.getAllByRole('button').map((button) => button.getAttribute('aria-label'));
    expect(names).toEqual(['Remove photo 1', 'Remove voice note 1, 1:05', 'Remove photo 2']);
    fireEvent.click(screen.getByRole('button', { name: 'Remove photo 2' }));
    expect(onRemove).toHaveBeenCalledWith('c');
  });

  it('tells of each that waits how far it is, and why one was refused', () => {
    useOutbox.setState({
      items: [
        queued('a', {}),
        queued('b', { state: 'sending' }),
        queued('c', { state: 'refused', fault: { code: 'media_too_many', fields: [] } }),
        queued('d', { payload: { subjectId: 'another' } }),
        queued('e', { kind: 'tip.report', payload: {} }),
      ],
      progress: new Map([['b', 0.42]]),
    });
    renderWithin(<AttachmentStrip subjectId={subjectId} />);
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining('waiting to be sent'),
      expect.stringContaining('42 %'),
      expect.stringContaining('12 photos and recordings'),
    ]);
    // What is on its way cannot be taken back.
    expect(screen.queryByRole('button', { name: 'Remove photo 2' })).toBeNull();
  });
});

describe('what is put in the outbox', () => {
  it('goes behind what it belongs to, with its id and its bytes', async () => {
    const item = await enqueueMedia({
      ...draft('019b8e3c-0000-7000-8000-00000000000a'),
      subjectKind: 'sighting',
      subjectId,
      cityId,
      userId: null,
    });
    expect(item).toMatchObject({
      id: '019b8e3c-0000-7000-8000-00000000000a',
      subject: `sighting:${subjectId}`,
      kind: 'media.upload',
      payload: { subjectId, kind: 'photo', cityId },
    });
    expect(item.blobId).not.toBeNull();
    const visit = await enqueueMedia({
      ...draft('019b8e3c-0000-7000-8000-00000000000b', { kind: 'voice', durationSeconds: 3 }),
      subjectKind: 'visit',
      subjectId,
      outboxSubject: 'keyPoint:1',
      cityId,
      userId: null,
    });
    expect(visit).toMatchObject({ subject: 'keyPoint:1', payload: { durationSeconds: 3 } });
  });
});

describe('the photos and notes of a form', () => {
  function Form() {
    const { drafts, full, addPhoto, addVoice, remove } = useDraftMedia();
    return (
      <>
        <button type="button" onClick={() => addPhoto(draft('x'))}>
          photo
        </button>
        <button type="button" onClick={() => addVoice({ ...draft('y'), durationSeconds: 2 })}>
          voice
        </button>
        <p>{`${drafts.length} ${full ? 'full' : 'more'}`}</p>
        <AttachmentStrip drafts={drafts} onRemove={remove} />
      </>
    );
  }

  it('are at most twelve', async () => {
    renderWithin(<Form />);
    fireEvent.click(screen.getByText('voice'));
    for (let taken = 0; taken < 15; taken += 1) fireEvent.click(screen.getByText('photo'));
    expect(screen.getByText('12 full')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Remove photo 1' }));
    await waitFor(() => expect(screen.getByText('11 more')).toBeTruthy());
  });
});
