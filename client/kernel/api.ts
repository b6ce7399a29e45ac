import type { AppRouter } from '../../server/router.ts';
import { createCaller } from './call.ts';
import { hearServerDate } from './clock.ts';

const patienceMs = 20_000;

/** Goes with a call that only this person may make: if somebody else has signed in meanwhile, the server refuses it. */
export const asPerson = (userId: string | null) => ({
  context: userId === null ? {} : { userId },
});

/** The one way to the server's procedures. A call that hangs is given up after 20 s: the caller keeps its input. */
export const api = createCaller<AppRouter>({
  url: '/api',
  headers: (context): Record<string, string> => {
    const userId = context['userId'];
    return typeof userId === 'string' ? { 'x-nuanxun-user': userId } : {};
  },
  fetch: async (address, init) => {
    const limit = AbortSignal.timeout(patienceMs);
    const signal = init.signal ? AbortSignal.any([init.signal, limit]) : limit;
    const askedAt = Date.now();
    const answer = await fetch(address, { ...init, signal, credentials: 'same-origin' });
    hearServerDate(answer.headers.get('date'), askedAt, Date.now());
    return answer;
  },
});
