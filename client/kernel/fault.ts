/** What went wrong with a call, as the screen needs it: no answer at all, or the server's own code. */
import { AppError, errorCodes } from '../../shared/errors.ts';
import type { ErrorCode, WireError } from '../../shared/errors.ts';
import { CallError } from './call-error.ts';
import { OutboxFull } from './outbox/outbox-full.ts';

/** `device_full`, `device_broken`: this device could not keep it, and the caller still has it. */
export type FaultCode = ErrorCode | 'unreachable' | 'device_full' | 'device_broken';
export interface Fault {
  code: FaultCode;
  field?: string;
  params?: Record<string, string | number>;
  fields: { field: string; code: ErrorCode; params?: Record<string, string | number> }[];
}

const isCode = (code: unknown): code is ErrorCode =>
  typeof code === 'string' && (errorCodes as readonly string[]).includes(code);

/** Gateways answer with these when the server behind them is away. */
const awayStatuses = new Set([502, 503, 504]);

/** For callers that fetch by themselves: the server was not reached, or did not answer in time. */
export class Unreachable extends Error {
  constructor(cause?: unknown) {
    super('unreachable', { cause });
    this.name = 'Unreachable';
  }
}

export function faultOf(error: unknown): Fault {
  if (error instanceof Unreachable) return { code: 'unreachable', fields: [] };
  if (error instanceof OutboxFull)
    return { code: error.reason === 'full' ? 'device_full' : 'device_broken', fields: [] };
  if (error instanceof AppError) return fromWire({ code: error.code, ...error.details });
  if (!(error instanceof CallError)) return { code: 'unexpected', fields: [] };
  const { data } = error;
  if (data?.app && isCode(data.app.code)) return fromWire(data.app);
  if (data === undefined || data === null) return { code: 'unreachable', fields: [] };
  if (data.httpStatus === 413) return { code: 'too_large', fields: [] };
  if (data.httpStatus !== undefined && awayStatuses.has(data.httpStatus))
    return { code: 'unreachable', fields: [] };
  return { code: 'unexpected', fields: [] };
}

function fromWire(wire: WireError): Fault {
  const own =
    wire.field === undefined
      ? []
      : [{ field: wire.field, code: wire.code, ...(wire.params ? { params: wire.params } : {}) }];
  return {
    code: wire.code,
    ...(wire.field === undefined ? {} : { field: wire.field }),
    ...(wire.params ? { params: wire.params } : {}),
    fields: (wire.fields ?? own)
      .filter((entry) => isCode(entry.code))
      .map((entry) => ({ ...entry, field: entry.field.replace(/^sighting\./, '') })),
  };
}

/** Worth trying again by itself: nothing in the input was refused. */
export const isPassing = (fault: Fault): boolean =>
  fault.code === 'unreachable' ||
  fault.code === 'database_unavailable' ||
  fault.code === 'unexpected' ||
  fault.code === 'too_many_attempts' ||
  fault.code === 'too_many_reports';
