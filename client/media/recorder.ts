/** The microphone, as a small machine: what a screen shows of a recording follows from its state. */
import { maxVoiceSeconds } from '../../shared/media/limits.ts';

export type RecorderState =
  | { kind: 'idle' }
  /** the browser asks for the microphone */
  | { kind: 'asking' }
  | { kind: 'recording'; startedAt: number }
  | { kind: 'recorded'; blob: Blob; durationSeconds: number; takenAt: string }
  | { kind: 'failed'; why: 'denied' | 'unsupported' | 'no-microphone' | 'broken' };

type Recorded = Extract<RecorderState, { kind: 'recorded' }>;

/** The encoder hands over its last piece at once; one that doesn't must not hold anybody up. */
const lastPieceMs = 3_000;

/** What phones record, the one that all browsers play first. */
const types = ['audio/mp4', 'audio/webm;codecs=opus', 'audio/webm', 'audio/ogg;codecs=opus'];
/** Speech is clear at this; three minutes are about half a megabyte. */
const bitsPerSecond = 24_000;

export const canRecord = (): boolean =>
  typeof MediaRecorder !== 'undefined' &&
  typeof navigator !== 'undefined' &&
  navigator.mediaDevices !== undefined &&
  typeof navigator.mediaDevices.getUserMedia === 'function';

export class Recorder {
  state: RecorderState = { kind: 'idle' };
  private readonly onState: (state: RecorderState) => void;
  private stream: MediaStream | null = null;
  private recorder: MediaRecorder | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private closed = false;
  private ended: Promise<void> = Promise.resolve();

  constructor(onState: (state: RecorderState) => void) {
    this.onState = onState;
  }

  private set(state: RecorderState): void {
    this.state = state;
    if (!this.closed) this.onState(state);
  }

  /** The stream under way, for a level meter. */
  get sound(): MediaStream | null {
    return this.stream;
  }

  async start(now: () => number = Date.now): Promise<void> {
    if (this.state.kind === 'asking' || this.state.kind === 'recording') return;
    if (!canRecord()) return this.set({ kind: 'failed', why: 'unsupported' });
    this.set({ kind: 'asking' });
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch (error) {
      return this.set({ kind: 'failed', why: whyNot(error) });
    }
    if (this.closed) return this.release();
    try {
      this.record(this.stream, now);
    } catch {
      this.release();
      this.set({ kind: 'failed', why: 'broken' });
    }
  }

  private record(stream: MediaStream, now: () => number): void {
    const mimeType = types.find((type) => MediaRecorder.isTypeSupported(type));
    const recorder = new MediaRecorder(stream, {
      audioBitsPerSecond: bitsPerSecond,
      ...(mimeType === undefined ? {} : { mimeType }),
    });
    const pieces: Blob[] = [];
    const startedAt = performance.now();
    const takenAt = new Date(now()).toISOString();
    recorder.addEventListener('dataavailable', ({ data }) => {
      if (data.size > 0) pieces.push(data);
    });
    const end = () => {
      if (this.state.kind !== 'recording') return;
      const durationSeconds = Math.min(
        maxVoiceSeconds,
        Math.max(0, (performance.now() - startedAt) / 1000),
      );
      this.release();
      const blob = new Blob(pieces, { type: (recorder.mimeType || mimeType) ?? '' });
      if (blob.size === 0) return this.set({ kind: 'failed', why: 'broken' });
      this.set({ kind: 'recorded', blob, durationSeconds, takenAt });
    };
    this.ended = new Promise((resolve) => {
      for (const type of ['stop', 'error'])
        recorder.addEventListener(type, () => {
          end();
          resolve();
        });
    });
    // In pieces of a second: what was said before a crash of the encoder is kept.
    recorder.start(1000);
    this.recorder = recorder;
    this.timer = setTimeout(() => this.stop(), maxVoiceSeconds * 1000);
    this.set({ kind: 'recording', startedAt });
  }

  stop(): void {
    if (this.recorder !== null && this.recorder.state !== 'inactive') this.recorder.stop();
  }

  /** Ends what is being said; null when there is nothing to keep. */
  async finish(): Promise<Recorded | null> {
    if (this.state.kind === 'recording') {
      const late = new Promise((resolve) => setTimeout(resolve, lastPieceMs));
      this.stop();
      await Promise.race([this.ended, late]);
    }
    return this.state.kind === 'recorded' ? this.state : null;
  }

  reset(): void {
    this.set({ kind: 'idle' });
  }

  /** Lets the microphone go, whatever was under way. */
  close(): void {
    this.closed = true;
    this.state = { kind: 'idle' };
    this.stop();
    this.release();
  }

  private release(): void {
    clearTimeout(this.timer);
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    this.recorder = null;
  }
}

function whyNot(error: unknown): 'denied' | 'no-microphone' | 'broken' {
  const name = error instanceof DOMException || error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'no-microphone';
  return 'broken';
}
