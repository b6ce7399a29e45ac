import { isIPv6 } from 'node:net';
import { AppError } from '../../shared/errors.ts';
import type { Db } from './sql.ts';

export interface Limit {
  /** hits allowed in one window */
  limit: number;
  windowSeconds: number;
}

/** Share of new counters that also sweep away those of past windows. */
const sweepShare = 0.02;

/**
 * Counts one hit of `key` in the fixed window that is now, on the database's clock, so that it holds
 * over all servers. Call it outside of the transaction it guards: a refused try has to count.
 * @throws AppError too_many_attempts with the seconds until the next window
 */
export async function hitLimit(
  db: Db,
  key: string,
  { limit, windowSeconds }: Limit,
): Promise<void> {
  const [counter] = await db<{ hits: number; retry_after: number }[]>`
    with slot as (
      select to_timestamp(floor(extract(epoch from now()) / ${windowSeconds}::int) * ${windowSeconds}::int) as start
    )
    insert into rate_counters as c (key, window_start, hits)
    select ${key.slice(0, 200)}, start, 1 from slot
    on conflict (key, window_start) do update set hits = c.hits + 1
    returning hits, ceil(extract(epoch from c.window_start - now()) + ${windowSeconds}::int)::int as retry_after`;
  if (!counter) return;
  if (counter.hits === 1 && Math.random() < sweepShare) {
    await db`delete from rate_counters where window_start < now() - interval '2 days'`;
  }
  if (counter.hits > limit) {
    throw new AppError('too_many_attempts', { params: { retryAfterSeconds: counter.retry_after } });
  }
}

/**
 * What a limit by address counts: an IPv4 address as it is (also when mapped into IPv6), of an IPv6
 * address the first 64 bits, which is what one household or phone is given.
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped) return mapped[1]!;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('%')[0]!.toLowerCase().split('::');
  const groupsOf = (part: string | undefined) => (part ? part.split(':') : []);
  const missing = tail === undefined ? 0 : 8 - groupsOf(head).length - groupsOf(tail).length;
  const groups = [
    ...groupsOf(head),
    ...Array.from({ length: missing }, () => '0'),
    ...groupsOf(tail),
  ];
  const network = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}
