import type { IncomingMessage, ServerResponse } from 'node:http';

/** The value of one cookie of the request, or null. */
export function readCookie(request: Pick<IncomingMessage, 'headers'>, name: string): string | null {
  const { cookie } = request.headers;
  if (cookie === undefined || !cookie.includes(name)) return null;
  for (const part of cookie.split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) return decodeURIComponentSafely(value.join('='));
  }
  return null;
}

/** Adds one HttpOnly, SameSite=Lax cookie to the answer; `maxAgeSeconds` 0 removes it. */
export function writeCookie(
  response: ServerResponse,
  name: string,
  value: string,
  maxAgeSeconds: number,
  secure: boolean,
): void {
  const cookie = `${name}=${encodeURIComponent(value)}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${secure ? '; Secure' : ''}`;
  response.appendHeader('set-cookie', cookie);
}

function decodeURIComponentSafely(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}
