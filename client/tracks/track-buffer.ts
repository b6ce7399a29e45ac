/**
 * Points of the track that are too few for a batch yet: written down at once, so that a killed page loses none, and
 * handed to the outbox about sixty at a time.
 */
import { maxBatchPoints } from '../../shared/tracks/limits.ts';
import type { TrackPoint } from '../../shared/tracks/schema.ts';
import { readStored, writeStored } from '../kernel/stored.ts';
import { isWorthKeeping } from './track-point.ts';

const storageKey = 'nuanxun.track';
export const batchPoints = 60;
export const batchMs = 2 * 60_000;

export interface TrackBufferDeps {
  /** resolves once the batch is kept; rejects when there is no room */
  send: (points: TrackPoint[]) => Promise<unknown>;
  /** whose track it is: another one's is never sent under this name */
  ownerId: string;
}

export class TrackBuffer {
  readonly #deps: TrackBufferDeps;
  #points: TrackPoint[];
  #last: TrackPoint | null;
  #sending = false;

  constructor(deps: TrackBufferDeps) {
    this.#deps = deps;
    this.#points = readKept(deps.ownerId);
    this.#last = this.#points.at(-1) ?? null;
  }

  get waiting(): number {
    return this.#points.length;
  }

  /** @returns whether the point was worth keeping */
  add(point: TrackPoint): boolean {
    if (!isWorthKeeping(this.#last, point)) return false;
    this.#last = point;
    this.#points.push(point);
    this.#keep();
    const oldest = this.#points[0] ?? point;
    if (this.#points.length >= batchPoints || point[0] - oldest[0] >= batchMs) void this.flush();
    return true;
  }

  /** Hands over everything there is; what the outbox has no room for stays here for the next time. */
  async flush(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    try {
      while (this.#points.length > 0) {
        const batch = this.#points.slice(0, maxBatchPoints);
        await this.#deps.send(batch);
        this.#points = this.#points.slice(batch.length);
        this.#keep();
      }
    } catch {
      // still kept here; the next point tries again
    } finally {
      this.#sending = false;
    }
  }

  #keep(): void {
    const points = this.#points;
    writeStored(storageKey, points.length === 0 ? null : { ownerId: this.#deps.ownerId, points });
  }
}

function readKept(ownerId: string): TrackPoint[] {
  const kept = readStored(storageKey);
  if (typeof kept !== 'object' || kept === null) return [];
  const { ownerId: owner, points } = kept as { ownerId?: unknown; points?: unknown };
  return owner === ownerId && Array.isArray(points) ? (points as TrackPoint[]) : [];
}
