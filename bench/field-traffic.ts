// What a patrol's tablet sends and hears while it is in use: requests and sockets counted together.
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, Page } from '@playwright/test';

export interface Traffic {
  upBytes: number;
  downBytes: number;
  what: string;
}

/** A request's line and headers, which the protocol does not count; measured once, about this. */
const requestHeadBytes = 700;
const frameHeadBytes = 8;

/** The middle of a step at 40 km/h, in degrees of latitude. */
const stepDegrees = 0.0005;

/**
 * Idle: the tablet stands and nothing is sent to it. Busy: it drives (a fix every 5 s), and the city's night runs as its
 * server runs it. Whatever else a busy night holds (photos, steps of dispatches) is added by its own figure.
 */
export async function countTraffic(
  context: BrowserContext,
  page: Page,
  options: {
    kind: 'idle' | 'busy';
    minutes: number;
    site: { at: { longitude: number; latitude: number } };
  },
): Promise<Traffic> {
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  let upBytes = 0;
  let downBytes = 0;
  let requests = 0;
  let frames = 0;
  session.on('Network.requestWillBeSent', ({ request }) => {
    if (request.url.startsWith('blob:')) return;
    requests += 1;
    upBytes += requestHeadBytes + (request.postData?.length ?? 0);
  });
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    downBytes += encodedDataLength;
  });
  session.on('Network.webSocketFrameSent', ({ response }) => {
    frames += 1;
    upBytes += response.payloadData.length + frameHeadBytes;
  });
  session.on('Network.webSocketFrameReceived', ({ response }) => {
    frames += 1;
    downBytes += response.payloadData.length + frameHeadBytes;
  });
  const until = Date.now() + options.minutes * 60_000;
  const { longitude, latitude } = options.site.at;
  for (let step = 0; Date.now() < until; step++) {
    if (options.kind === 'busy')
      await context.setGeolocation({
        longitude,
        latitude: latitude + (step % 40) * stepDegrees,
        accuracy: 8,
      });
    await sleep(Math.min(5_000, Math.max(0, until - Date.now())));
  }
  await session.detach();
  const doing = options.kind === 'idle' ? 'stands' : 'drives, a fix every 5 s';
  return { upBytes, downBytes, what: `${doing}; ${requests} requests, ${frames} frames` };
}
