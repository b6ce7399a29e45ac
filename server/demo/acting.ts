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
    const signals = [signal, AbortSignal.timeout(requestTimeoutMs)];
    return fetch(url, { ...options, headers, signal: AbortSignal.any(signals) });
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

/** The code of a refusal, or null when the call failed in another way. */
export function refusalOf(error: unknown): ErrorCode | null {
  if (!(error instanceof TRPCClientError)) return null;
  return (error.data as { app?: WireError } | undefined)?.app?.code ?? null;
}
