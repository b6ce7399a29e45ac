import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { renderWithin } from '../testing/render-app.tsx';
import { PhotoTaker } from './photo-taker.tsx';
import { finishMedia } from './unfinished.ts';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const file = (bytes = 5000, lastModified = Date.UTC(2026, 0, 4, 18)) =>
  new File([new Uint8Array(bytes)], 'IMG_1.HEIC', { type: 'image/heic', lastModified });

function choose(testId: string, files: File[]): void {
  fireEvent.change(screen.getByTestId(testId), { target: { files } });
}

/** A canvas that draws, and a decoder that knows the size. */
function giveCanvas(width: number, height: number): HTMLCanvasElement[] {
  const canvases: HTMLCanvasElement[] = [];
  vi.stubGlobal('createImageBitmap', () =>
    Promise.resolve({ width, height, close: () => undefined }),
  );
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue({
    drawImage: () => undefined,
  } as unknown as never);
  vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation(function (
    this: HTMLCanvasElement,
    done: BlobCallback,
    type?: string,
  ) {
    canvases.push(this);
    done(new Blob(['small'], { type: type ?? '' }));
  });
  return canvases;
}

describe('taking a photo', () => {
  it('offers the camera at the back and the gallery, both by name', () => {
    renderWithin(<PhotoTaker onTaken={() => undefined} />, { language: 'zh-CN' });
    expect(screen.getByRole('button', { name: '拍照' })).toBeTruthy();
    expect(screen.getByRole('button', { name: '从相册选' })).toBeTruthy();
    expect(screen.getByTestId('camera').getAttribute('capture')).toBe('environment');
    expect(screen.getByTestId('gallery').hasAttribute('capture')).toBe(false);
  });

  it('makes it a JPEG of at most 1600 px', async () => {
    const canvases = giveCanvas(4000, 3000);
    const onTaken = vi.fn();
    renderWithin(<PhotoTaker onTaken={onTaken} />);
    choose('camera', [file()]);
    await waitFor(() => expect(onTaken).toHaveBeenCalledTimes(1));
    const [{ blob }] = onTaken.mock.calls[0] as [{ blob: Blob }];
    expect(blob.type).toBe('image/jpeg');
    expect([canvases[0]!.width, canvases[0]!.height]).toEqual([1600, 1200]);
  });

  it('is waited for when its form is sent, even if it is off the screen', async () => {
    giveCanvas(4000, 3000);
    const onTaken = vi.fn();
    renderWithin(<PhotoTaker onTaken={onTaken} />);
    choose('camera', [file()]);
    cleanup();
    await finishMedia();
    expect(onTaken).toHaveBeenCalledOnce();
  });

  it('hands on the original where the browser cannot draw it', async () => {
    vi.stubGlobal('createImageBitmap', () => Promise.reject(new Error('no HEIC here')));
    vi.stubGlobal(
      'URL',
      Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => undefined }),
    );
    HTMLImageElement.prototype.decode = () => Promise.reject(new Error('nor here'));
    const onTaken = vi.fn();
    renderWithin(<PhotoTaker onTaken={onTaken} />);
    const original = file();
    choose('gallery', [original]);
    await waitFor(() => expect(onTaken).toHaveBeenCalledTimes(1));
    const [{ blob, takenAt }] = onTaken.mock.calls[0] as [{ blob: Blob; takenAt: string }];
    expect(blob).toBe(original);
    // Of the gallery: as old as the file.
    expect(takenAt).toBe('2026-01-04T18:00:00.000Z');
  });

  it('takes several of the gallery, one after the other', async () => {
    giveCanvas(100, 100);
    const onTaken = vi.fn();
    renderWithin(<PhotoTaker onTaken={onTaken} />);
    choose('gallery', [file(), file(), file()]);
    await waitFor(() => expect(onTaken).toHaveBeenCalledTimes(3));
  });

  it('shows pictures alone where asked, and still says what they are', () => {
    renderWithin(<PhotoTaker picturesOnly onTaken={() => undefined} />);
    const button = screen.getByRole('button', { name: 'Take a photo' });
    expect(button.textContent).toBe('');
  });
});
