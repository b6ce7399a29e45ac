import { z } from 'zod';
import { idSchema } from '../wire.ts';
import type { Need, ReporterKind, VulnerableFlag } from '../sightings/schema.ts';

export type ClusterEnd = 'merged' | 'emptied';

/** Facts of one place; priority is a pure function of these, the weather and the clock (`priority.ts`). */
export interface ClusterView {
  id: string;
  open: boolean;
  lon: number;
  lat: number;
  radiusMeters: number;
  headcountLow: number;
  headcountLikely: number;
  reportCount: number;
  reportsByKind: Partial<Record<ReporterKind, number>>;
  flags: VulnerableFlag[];
  needs: Need[];
  firstSeenAt: string;
  lastSeenAt: string;
  attendedAt: string | null;
  notFoundCount: number;
  /** A dispatcher split or joined it by hand. */
  byHand: boolean;
  createdAt: string;
  endedAt: string | null;
  endReason: ClusterEnd | null;
  mergedInto: string | null;
}

export const splitOffSchema = z.object({ sightingId: idSchema });
export const pullInSchema = z.object({ sightingId: idSchema, clusterId: idSchema });
export const clusterRefSchema = z.object({ clusterId: idSchema });

export const timelineKinds = [
  'opened',
  'grew',
  'absorbed',
  'merged',
  'split',
  'emptied',
  'split_off',
  'pulled_in',
  'released',
  'offered',
  'accepted',
  'declined',
  'en_route',
  'on_scene',
  'cancelled',
  'closed',
  'encounter',
  'redirected',
] as const;
export type TimelineKind = (typeof timelineKinds)[number];

export interface TimelineEntry {
  id: string;
  at: string;
  kind: TimelineKind;
  userName: string | null;
  details: Record<string, unknown>;
}

export interface ClusterDetail {
  cluster: ClusterView;
  sightingIds: string[];
  timeline: TimelineEntry[];
}
