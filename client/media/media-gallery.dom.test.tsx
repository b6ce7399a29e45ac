import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MediaView } from '../../shared/media/schema.ts';
import { renderWithin } from '../testing/render-app.tsx';
import { MediaGallery } from './media-gallery.tsx';
import { useMediaNews } from './store.ts';

const subjectId = '019b8e3c-0000-7000-8000-000000000001';
const view = (id: string, change: Partial<MediaView> = {}): MediaView => ({
  id,
  kind: 'photo',
  subjectKind: 'sighting',
  subjectId,
  contentType: 'image/jpeg',
  bytes: 1000,
  width: 800,
  height: 600,
  durationSeconds: null,
  takenAt: '2026-01-05T18:00:00.000Z',
  receivedAt: '2026-01-05T18:01:00.000Z',
  removed: false,
  ...change,
});

let there: MediaView[];
let asked: string[];
const answers = (path: string, input: { id?: string; variant?: string }): unknown => {
  if (path === 'media.list') return there;
  if (path === 'media.address')
    return { url: `/media/demo/${input.id}/${input.variant}?signature=x`, expiresAt: '' };
  there = there.filter(({ id }) => id !== input.id);
  return null;
};

beforeEach(() => {
  asked = [];
  // jsdom shows no dialogs of its own.
  HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
    this.open = false;
  };
  vi.stubGlobal('fetch', (address: string | URL, init?: RequestInit) => {
    const url = new URL(String(address), 'http://localhost');
    const path = url.pathname.replace('/api/', '');
    const input = JSON.parse(
      url.searchParams.get('input') ?? (init?.body as string | undefined) ?? '{}',
    ) as object;
    asked.push(path);
    return Promise.resolve(
      new Response(JSON.stringify({ result: { data: answers(path, input) } }), {
        headers: { 'content-type': 'application/json' },
      }),
    );
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  useMediaNews.setState({ byId: new Map() });
});

const gallery = (canRemove = false) =>
  renderWithin(
    <MediaGallery
      subjectKind="sighting"
      subjectIds={[subjectId]}
      canRemove={canRemove}
      showEmpty
    />,
  );

describe('photos and voice notes of a report', () => {
  it('say so when there are none', async () => {
    there = [];
    gallery();
    expect(await screen.findByText('No photos or voice notes')).toBeTruthy();
  });

  it('are thumbnails; the photo in full is asked for when it is opened', async () => {
    there = [view('a'), view('b')];
    gallery();
    fireEvent.click(await screen.findByRole('button', { name: /Enlarge photo 2/ }));
    const dialog = await screen.findByRole('dialog');
    await waitFor(() =>
      expect(dialog.querySelector('img')?.getAttribute('src')).toBe(
        '/media/demo/b/full?signature=x',
      ),
    );
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('ask for a voice note only when it is to be heard', async () => {
    there = [view('v', { kind: 'voice', contentType: 'audio/webm', durationSeconds: 12 })];
    const { container } = gallery();
    const play = await screen.findByRole('button', { name: 'Listen 0:12' });
    expect(asked).not.toContain('media.address');
    fireEvent.click(play);
    await waitFor(() => expect(container.querySelector('audio')).not.toBeNull());
  });

  it('are asked for again when one comes', async () => {
    there = [];
    gallery();
    await screen.findByText('No photos or voice notes');
    there = [view('a')];
    act(() => useMediaNews.setState({ byId: new Map([['a', view('a')]]) }));
    expect(await screen.findByRole('button', { name: /Enlarge photo 1/ })).toBeTruthy();
  });

  it('are deleted only after being asked once more', async () => {
    there = [view('v', { kind: 'voice', durationSeconds: 3 })];
    gallery(true);
    fireEvent.click(await screen.findByRole('button', { name: 'Delete' }));
    expect(screen.getByRole('group', { name: /cannot be brought back/ })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Delete' }));
    expect(await screen.findByText('No photos or voice notes')).toBeTruthy();
    expect(asked).toContain('media.remove');
  });
});
