/** A simulated person's hands: the same procedures over HTTP as everyone's, signed in by a cookie. */
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client';
import type { TRPCClient } from '@trpc/client';
import type { ErrorCode, WireError } from '../../shared/errors.ts';
import { sessionCookie } from '../kernel/context.ts';
import type { AppRouter } from '../router.ts';

export type Api = TRPCClient<AppRouter>;

const requestTimeoutMs = 20_000;

export interface ActingOptions {
  baseUrl: string;
  /** Makes a session and answers its token; called at first and again when the session has ended. null = nobody signed in. */
  signIn: (() => Promise<string>) | null;
  /** Ends calls under way. */
  signal: AbortSignal;
}

export function actThrough({ baseUrl, signIn, signal }: ActingOptions): Api {
  let token: Promise<string> | null = null;
  const call = async (url: RequestInfo | URL, options: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(options.headers);
    if (signIn) headers.set('cookie', `${sessionCookie}=${await (token ??= signIn())}`);
    return fetchUntil(signal, url, { ...options, headers });
  };
  return createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${baseUrl}/api`,
        fetch: async (url, options) => {
          const response = await call(url, options as RequestInit);
          if (response.status !== 401 || !signIn) return response;
          token = null;
          return call(url, options as RequestInit);
        },
      }),
    ],
  });
}

/** One controller per call: a night lasts for days, and signals derived from the long-lived one would pile up. */
async function fetchUntil(
  signal: AbortSignal,
  url: RequestInfo | URL,
  options: RequestInit,
): Promise<Response> {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const timer = setTimeout(abort, requestTimeoutMs);
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  try {
    const response = await fetch(url, { ...options, signal: controller.signal });
    return new Response(await response.arrayBuffer(), {
      status: response.status,
      headers: response.headers,
    });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

/** The code of a refusal, or null when the call failed in another way. */
export function refusalOf(error: unknown): ErrorCode | null {
  if (!(error instanceof TRPCClientError)) return null;
  return (error.data as { app?: WireError } | undefined)?.app?.code ?? null;
}
