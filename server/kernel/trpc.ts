import { initTRPC, TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import type { Caller, Role } from '../../shared/accounts/schema.ts';
import { roles as allRoles } from '../../shared/accounts/schema.ts';
import { AppError } from '../../shared/errors.ts';
import type { ErrorCode, WireError } from '../../shared/errors.ts';
import type { Context, Session } from './context.ts';

/** Which callers a procedure is for; the role test walks these. */
export interface ProcedureMeta {
  roles: readonly Caller[];
}

const statuses: Partial<Record<ErrorCode, number>> = {
  not_signed_in: 401,
  wrong_credentials: 401,
  not_allowed: 403,
  dispatch_not_yours: 403,
  not_found: 404,
  cluster_taken: 409,
  cluster_ended: 409,
  team_busy: 409,
  dispatch_edge: 409,
  sighting_not_live: 409,
  sighting_changed: 409,
  username_taken: 409,
  no_bed_free: 409,
  beds_in_use: 409,
  station_in_use: 409,
  hold_over: 409,
  stay_over: 409,
  too_large: 413,
  too_many_attempts: 429,
  too_many_reports: 429,
  shift_not_yours: 403,
  unexpected: 500,
  database_unavailable: 503,
};
/** HTTP status of an error code; anything a person can mend is 400. */
export const statusOf = (code: ErrorCode): number => statuses[code] ?? 400;

/** What of a failure may travel: our own codes, field faults of the input, and nothing else. */
export function toWireError(error: unknown): WireError {
  const cause = error instanceof TRPCError ? (error.cause ?? error) : error;
  if (cause instanceof AppError) {
    const { field, params, fields } = cause.details;
    return {
      code: cause.code,
      ...(field && { field }),
      ...(params && { params }),
      ...(fields && { fields }),
    };
  }
  if (cause instanceof ZodError) {
    const fields = cause.issues.map((issue) => ({
      field: issue.path.join('.'),
      code: 'invalid_input' as const,
    }));
    return { code: 'invalid_input', ...(fields[0] && { field: fields[0].field }), fields };
  }
  if (error instanceof TRPCError && error.code === 'NOT_FOUND') return { code: 'not_found' };
  if (error instanceof TRPCError && error.code === 'BAD_REQUEST') return { code: 'invalid_input' };
  return { code: isDatabaseAway(cause) ? 'database_unavailable' : 'unexpected' };
}

/** A lost or refused connection (of postgres.js, of the network), or PostgreSQL's classes 08, 53 and 57. */
function isDatabaseAway(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return (
    typeof code === 'string' &&
    /^(CONNECTION_\w+|CONNECT_TIMEOUT|ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|(08|53|57)[0-9A-Z]{3})$/.test(
      code,
    )
  );
}

const t = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false,
    errorFormatter: ({ shape, error }) => {
      const app = toWireError(error);
      return {
        ...shape,
        message: app.code,
        data: { code: shape.data.code, httpStatus: statusOf(app.code), app },
      };
    },
  });

export const router = t.router;

type SessionFor<C extends Caller> = 'public' extends C ? Session | null : Session;

/**
 * A procedure for exactly these callers. 'public' lets everyone in, signed in or not; without it the
 * session is there and of one of the named roles. No role implies another.
 */
export function allow<const C extends Caller>(...callers: C[]) {
  return t.procedure.meta({ roles: callers }).use(({ ctx, next }) => {
    if (!(callers as readonly Caller[]).includes('public')) {
      if (ctx.session === null) throw new AppError('not_signed_in');
      if (!(callers as readonly Caller[]).includes(ctx.session.role))
        throw new AppError('not_allowed');
    }
    // The context as it is, known to be narrower: a copy of it for every request would be for the types alone.
    const narrowed: () => ReturnType<typeof next<{ session: SessionFor<C> }>> = next;
    return narrowed();
  });
}

/** Anyone signed in, of whatever role. */
export const allowSignedIn = () => allow<Role>(...allRoles);
