/** What became of something that was done in the field and heard of later; see docs/late-actions.md. */
import type { ConflictKind } from './schema.ts';

/** What a conflict is about; who did it, when, and in which action is known to whoever records it. */
export interface LateConflict {
  kind: ConflictKind;
  dispatchId?: string | null;
  clusterId?: string | null;
  recheckId?: string | null;
  sightingId?: string | null;
  /** who has it now */
  otherTeamId?: string | null;
  /** what the action held, free text too: read by the desk alone, never broadcast */
  details?: Record<string, unknown>;
}

export type LateOutcome =
  | { result: 'applied' | 'overtaken' }
  | { result: 'conflict'; conflict: LateConflict };
