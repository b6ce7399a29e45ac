// What the main thread and the database's worker thread say to each other.

export interface WorkerSettings {
  /** Null keeps everything in memory (tests). */
  dataDir: string | null;
  bundlePath: string;
  /** A prepared data directory (tar.gz) to start from when there is none yet. */
  snapshotPath: string | null;
  /** Off: writes survive a killed process, not a power cut. */
  durable: boolean;
}

export type ToWorker =
  | { kind: 'execute'; groups: Uint8Array[] }
  | { kind: 'dump'; path: string }
  | { kind: 'close' };

export type FromWorker =
  | { kind: 'ready' }
  | { kind: 'data'; bytes: Uint8Array }
  | { kind: 'executed' }
  | { kind: 'dumped' }
  | { kind: 'closed' }
  | { kind: 'failed'; message: string };
