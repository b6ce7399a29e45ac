import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { renderWithin } from '../testing/render-app.tsx';
import { finishMedia } from './unfinished.ts';
import { VoiceRecorder } from './voice-recorder.tsx';

/** A recorder that says one piece when it is stopped. */
class FakeRecorder extends EventTarget {
  static isTypeSupported = (type: string) => type === 'audio/webm;codecs=opus';
  state = 'inactive';
  mimeType: string;
  constructor(_stream: MediaStream, options: { mimeType?: string }) {
    super();
    this.mimeType = options.mimeType ?? '';
  }
  start(): void {
    this.state = 'recording';
  }
  stop(): void {
    this.state = 'inactive';
    this.dispatchEvent(Object.assign(new Event('dataavailable'), { data: new Blob(['said']) }));
    this.dispatchEvent(new Event('stop'));
  }
}

const stopTrack = vi.fn();
const askMicrophone = vi.fn();

beforeEach(() => {
  stopTrack.mockReset();
  askMicrophone.mockReset().mockResolvedValue({ getTracks: () => [{ stop: stopTrack }] });
  vi.stubGlobal('MediaRecorder', FakeRecorder);
  Object.defineProperty(navigator, 'mediaDevices', {
    configurable: true,
    value: { getUserMedia: askMicrophone },
  });
  URL.createObjectURL = () => 'blob:voice';
  URL.revokeObjectURL = () => undefined;
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const press = (name: RegExp | string) => fireEvent.click(screen.getByRole('button', { name }));

describe('a voice note', () => {
  it('is recorded, stopped, and kept', async () => {
    const onKept = vi.fn();
    renderWithin(<VoiceRecorder onKept={onKept} />);
    press('Record a voice note');
    await screen.findByRole('button', { name: 'Stop' });
    expect(screen.getByText(/Recording 0:00 \/ 3:00/)).toBeTruthy();
    press('Stop');
    await screen.findByRole('button', { name: /Listen/ });
    expect(stopTrack).toHaveBeenCalled();
    press('Keep it');
    const [note] = onKept.mock.calls[0] as [{ blob: Blob; durationSeconds: number }];
    expect(note.blob.type).toBe('audio/webm;codecs=opus');
    expect(note.durationSeconds).toBeGreaterThanOrEqual(0);
    expect(screen.getByRole('button', { name: 'Record a voice note' })).toBeTruthy();
  });

  it('is kept as far as it was said when its form is sent', async () => {
    const onKept = vi.fn();
    renderWithin(<VoiceRecorder onKept={onKept} />);
    press('Record a voice note');
    await screen.findByRole('button', { name: 'Stop' });
    await act(finishMedia);
    expect(onKept).toHaveBeenCalledOnce();
    await act(finishMedia);
    expect(onKept).toHaveBeenCalledOnce();
  });

  it('can be done again', async () => {
    const onKept = vi.fn();
    renderWithin(<VoiceRecorder onKept={onKept} />, { language: 'zh-CN' });
    press('录音说明');
    await screen.findByRole('button', { name: '停止' });
    press('停止');
    await screen.findByRole('button', { name: '重录' });
    press('重录');
    await screen.findByRole('button', { name: '停止' });
    expect(askMicrophone).toHaveBeenCalledTimes(2);
    expect(onKept).not.toHaveBeenCalled();
  });

  it('ends by itself after three minutes', async () => {
    renderWithin(<VoiceRecorder onKept={() => undefined} />);
    vi.useFakeTimers();
    press('Record a voice note');
    await act(() => vi.advanceTimersByTimeAsync(1));
    expect(screen.getByRole('button', { name: 'Stop' })).toBeTruthy();
    await act(() => vi.advanceTimersByTimeAsync(180_000));
    expect(screen.getByRole('button', { name: 'Keep it' })).toBeTruthy();
  });

  it('says what to do where the microphone was not allowed', async () => {
    askMicrophone.mockRejectedValue(new DOMException('no', 'NotAllowedError'));
    renderWithin(<VoiceRecorder onKept={() => undefined} />);
    press('Record a voice note');
    await waitFor(() =>
      expect(screen.getByRole('status').textContent).toContain('was not allowed'),
    );
    expect(screen.getByRole('button', { name: 'Record a voice note' })).toBeTruthy();
  });

  it('says so where there is no microphone, or the browser cannot record', async () => {
    askMicrophone.mockRejectedValue(new DOMException('no', 'NotFoundError'));
    const { unmount } = renderWithin(<VoiceRecorder onKept={() => undefined} />);
    press('Record a voice note');
    await waitFor(() => expect(screen.getByRole('status').textContent).toContain('No microphone'));
    unmount();
    vi.stubGlobal('MediaRecorder', undefined);
    renderWithin(<VoiceRecorder onKept={() => undefined} />);
    expect(screen.getByRole('note').textContent).toContain('cannot record');
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('lets the microphone go when the screen is left', async () => {
    const { unmount } = renderWithin(<VoiceRecorder onKept={() => undefined} />);
    press('Record a voice note');
    await screen.findByRole('button', { name: 'Stop' });
    unmount();
    expect(stopTrack).toHaveBeenCalled();
  });
});
