// How rows look in JavaScript, whichever database they come from.
import postgres from 'postgres';
import type { Sql } from './database.ts';

/** `2026-01-05 18:03:00.123456+00` (session zone UTC) → `2026-01-05T18:03:00.123Z`. */
export function isoInstant(text: string): string {
  // Before our era, infinities and other zones take the slow way or stay as they are.
  if (!text.endsWith('+00') || text.charCodeAt(4) !== 0x2d) {
    const date = new Date(text);
    return Number.isNaN(date.getTime()) ? text : date.toISOString();
  }
  const fraction = text.length > 22 ? text.slice(20, -3) : '';
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
}

function serializeInstant(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}

function asIs(text: string): string {
  return text;
}

/** int2, int4, oid, float4, float8 as usual, and also int8 and numeric. */
const NUMBERS = [20, 21, 23, 26, 700, 701, 1700];

export function postgresOptions(maxConnections: number) {
  return {
    max: maxConnections,
    onnotice: () => {},
    // Asked once, by learnArrayTypes: postgres.js asks in every connection, and when that
    // one breaks meanwhile, the failure is nobody's and ends the process.
    fetch_types: false,
    connection: {
      application_name: 'nuanxun',
      TimeZone: 'UTC',
      // A server that lost its network in the middle of a transaction must not hold a city's lock for hours.
      idle_in_transaction_session_timeout: 60_000,
    },
    transform: { undefined: null },
    types: {
      // The keys replace postgres.js' own handlers of the same names.
      number: {
        to: 0,
        from: NUMBERS,
        serialize: (value: unknown) => String(value),
        parse: (text: string) => Number(text),
      },
      date: { to: 1184, from: [1184], serialize: serializeInstant, parse: isoInstant },
      // Dates and times without a zone are no instants and stay text.
      calendar: { to: 1082, from: [1082, 1114], serialize: asIs, parse: asIs },
    },
  } satisfies postgres.Options<Record<string, postgres.PostgresType>>;
}

/**
 * Lets a pool read and write arrays of every type there is now, enumerations included.
 * To be called after opening it, and again when migrations have made new types.
 */
export async function learnArrayTypes(sql: Sql): Promise<void> {
  // A pool made of another's options shares its table of types.
  const once = postgres({ ...sql.options, max: 1, fetch_types: true } as unknown as object);
  try {
    await once`select 1`;
  } finally {
    await once.end({ timeout: 1 });
  }
}
