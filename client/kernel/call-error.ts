import type { WireError } from '../../shared/errors.ts';

/** What the server sends with a refusal. */
export interface RefusalData {
  app?: WireError;
  httpStatus?: number;
}

/** A call to the server that failed: refused with its reasons, or, without `data`, not answered at all. */
export class CallError extends Error {
  readonly data: RefusalData | undefined;

  constructor(message: string, data?: RefusalData, cause?: unknown) {
    super(message, { cause });
    this.name = 'CallError';
    this.data = data;
  }
}
