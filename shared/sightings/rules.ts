import type { ErrorCode } from '../errors.ts';
import { AppError } from '../errors.ts';
import { maxHeadcount, maxNoteLength } from './schema.ts';
import type { ReporterKind, SightingDraft } from './schema.ts';
import type { Role } from '../accounts/schema.ts';

/** A device's clock may run this far ahead of the server's. */
export const clockSkewSeconds = 120;
/** A sighting older than this says nothing about tonight. */
export const oldestHours = 48;

export interface FieldFault {
  field: string;
  code: ErrorCode;
  params?: Record<string, string | number>;
}

/**
 * Every fault of a report that can be told from the report and the clock, in the order of the form.
 * Whether it lies inside the city is the database's to say.
 */
export function findFaults(
  draft: Pick<SightingDraft, 'seenAt' | 'headcount' | 'note'>,
  now: string,
): FieldFault[] {
  const faults: FieldFault[] = [];
  const ageSeconds = (Date.parse(now) - Date.parse(draft.seenAt)) / 1000;
  if (ageSeconds < -clockSkewSeconds) {
    faults.push({ field: 'seenAt', code: 'seen_in_future' });
  } else if (ageSeconds > oldestHours * 3600) {
    faults.push({ field: 'seenAt', code: 'seen_too_long_ago', params: { hours: oldestHours } });
  }
  if (draft.headcount < 1 || draft.headcount > maxHeadcount) {
    const params = { min: 1, max: maxHeadcount };
    faults.push({ field: 'headcount', code: 'headcount_out_of_range', params });
  }
  if (draft.note.length > maxNoteLength) {
    faults.push({ field: 'note', code: 'text_too_long', params: { max: maxNoteLength } });
  }
  return faults;
}

export const outsideCity: FieldFault = { field: 'position', code: 'outside_city' };

/** One error that carries them all; its own code and field are the first fault's. */
export function faultsError(faults: FieldFault[]): AppError {
  const [first] = faults;
  if (first === undefined) throw new Error('an error needs at least one fault');
  const { code, field, params } = first;
  return new AppError(code, { field, ...(params && { params }), fields: faults });
}

/** As whom somebody reports: what the account says, else what the role is. */
export function reporterKindOf(role: Role, reporterKind: ReporterKind | null): ReporterKind {
  if (role === 'patrol') return 'patrol';
  return reporterKind ?? (role === 'reporter' ? 'public' : 'hotline');
}
