import { createTRPCClient, httpLink } from '@trpc/client';
import type { AppRouter } from '../../server/router.ts';
import { hearServerDate } from './clock.ts';

const patienceMs = 20_000;

/** The one way to the server's procedures. A call that hangs is given up after 20 s: the caller keeps its input. */
export const api = createTRPCClient<AppRouter>({
  links: [
    httpLink({
      url: '/api',
      fetch: async (input, init) => {
        const limit = AbortSignal.timeout(patienceMs);
        const signal = init?.signal ? AbortSignal.any([init.signal, limit]) : limit;
        const askedAt = Date.now();
        const answer = await fetch(input, { ...init, signal, credentials: 'same-origin' });
        hearServerDate(answer.headers.get('date'), askedAt, Date.now());
        return answer;
      },
    }),
  ],
});
