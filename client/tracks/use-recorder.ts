/** Records where a team goes while its shift runs: every position that tells something new, kept before it is sent. */
import { useEffect, useEffectEvent, useRef } from 'react';
import type { TrackPoint } from '../../shared/tracks/schema.ts';
import { TrackBuffer, batchMs } from './track-buffer.ts';

export function useRecorder(recording: {
  on: boolean;
  ownerId: string | null;
  /** the newest position; a new array for each */
  point: TrackPoint | null;
  send: (points: TrackPoint[]) => Promise<unknown>;
}): void {
  const { on, ownerId, point } = recording;
  const buffer = useRef<TrackBuffer | null>(null);
  const send = useEffectEvent((points: TrackPoint[]) => recording.send(points));

  useEffect(() => {
    if (ownerId === null) return;
    const own = new TrackBuffer({ ownerId, send: (points) => send(points) });
    buffer.current = own;
    // What an earlier page left behind, and at the end of the shift what is still here.
    void own.flush();
    return () => {
      buffer.current = null;
      // Somebody else may have this device next, and points of theirs would take the place of these.
      void own.flush();
    };
  }, [ownerId]);

  useEffect(() => {
    if (!on) return;
    const flush = () => void buffer.current?.flush();
    const timer = setInterval(flush, batchMs);
    return () => {
      clearInterval(timer);
      flush();
    };
  }, [on]);

  useEffect(() => {
    if (on && point !== null) buffer.current?.add(point);
  }, [on, point]);
}
