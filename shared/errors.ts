/**
 * The one error that rules and actions throw. `code` is a closed union; `field` names the input it is about,
 * `params` fill the sentence the client shows in the person's language. Text never travels.
 */
export const errorCodes = [
  'invalid_input',
  'not_signed_in',
  'not_allowed',
  'not_found',
  'wrong_credentials',
  'too_many_attempts',
  'too_large',
  'link_expired',
  'username_taken',
  'seen_in_future',
  'seen_too_long_ago',
  'outside_city',
  'headcount_out_of_range',
  'text_too_long',
  'sighting_not_live',
  'sighting_changed',
  'own_duplicate',
  'cluster_ended',
  'cluster_taken',
  'team_busy',
  'team_off_duty',
  'dispatch_edge',
  'dispatch_not_yours',
  'encounter_missing',
  'polygon_invalid',
  'no_night_declared',
  'drill_over_night',
  'night_changed',
  'proposal_over',
  'beds_out_of_range',
  'beds_in_use',
  'station_in_use',
  'code_revoked',
  'code_used_up',
  'too_many_reports',
  'media_type_unknown',
  'media_unreadable',
  'media_too_many',
  'key_point_removed',
  'shift_not_yours',
  'no_bed_free',
  'hold_over',
  'stay_over',
  'stock_missing',
  'vehicle_taken',
  'plan_changed',
  'no_plan',
  'recheck_done',
  'database_unavailable',
  'unexpected',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

export interface ErrorDetails {
  field?: string;
  params?: Record<string, string | number>;
  /** Several faults of one input at once. */
  fields?: FieldError[];
}
export interface FieldError {
  field: string;
  code: ErrorCode;
  params?: Record<string, string | number>;
}

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(code);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}

/** What a failed call carries to the client beside tRPC's own shape. */
export interface WireError {
  code: ErrorCode;
  field?: string;
  params?: Record<string, string | number>;
  /** Every field that did not parse, for a form with several faults at once. */
  fields?: FieldError[];
}
