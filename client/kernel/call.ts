/**
 * Calls the server's procedures as tRPC does over plain HTTP, one request each. The library's own client brings links for
 * batches, streams and sockets, which nobody here uses and a thin line would have to carry; its types serve.
 */
import type { CreateTRPCClient, TRPCRequestOptions } from '@trpc/client';
import type { AnyRouter } from '@trpc/server';
import { CallError } from './call-error.ts';
import type { RefusalData } from './call-error.ts';

export interface CallSettings {
  url: string;
  headers: (context: Record<string, unknown>) => Record<string, string>;
  fetch: (address: string, init: RequestInit) => Promise<Response>;
}

async function call(
  { url, headers, fetch }: CallSettings,
  kind: 'query' | 'mutate',
  path: string,
  input: unknown,
  options: TRPCRequestOptions = {},
): Promise<unknown> {
  const asked = input === undefined ? undefined : JSON.stringify(input);
  const query = kind === 'query' && asked !== undefined;
  const head = headers(options.context ?? {});
  const init: RequestInit =
    kind === 'query'
      ? { method: 'GET', headers: head }
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...head },
          ...(asked === undefined ? {} : { body: asked }),
        };
  let answer: {
    result?: { data?: unknown };
    error?: { message?: string; data?: RefusalData };
  } | null;
  try {
    const response = await fetch(
      `${url}/${path}${query ? `?input=${encodeURIComponent(asked)}` : ''}`,
      options.signal ? { ...init, signal: options.signal } : init,
    );
    answer = (await response.json()) as typeof answer;
  } catch (error) {
    throw new CallError(error instanceof Error ? error.message : 'no answer', undefined, error);
  }
  if (answer?.result) return answer.result.data;
  throw new CallError(answer?.error?.message ?? 'no answer', answer?.error?.data);
}

/** `api.<domain>.<procedure>.query(input)`, typed by the server's router. */
export function createCaller<Router extends AnyRouter>(
  settings: CallSettings,
): CreateTRPCClient<Router> {
  const step = (path: readonly string[]): unknown =>
    new Proxy(() => undefined, {
      get: (_target, name) =>
        // What is awaited or printed is no procedure.
        typeof name === 'string' && name !== 'then' ? step([...path, name]) : undefined,
      apply: (_target, _this, [input, options]: [unknown, TRPCRequestOptions | undefined]) => {
        const kind = path.at(-1) === 'query' ? 'query' : 'mutate';
        return call(settings, kind, path.slice(0, -1).join('.'), input, options);
      },
    });
  return step([]) as CreateTRPCClient<Router>;
}
