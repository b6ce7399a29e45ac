/**
 * Which built files a device keeps. `all`: what a public page needs, with the first visit. `reporter` and `field`: the
 * rest of what their people work with, once somebody of that kind is signed in: a passer-by's phone loads none of it.
 */
export type Part = 'all' | 'reporter' | 'field';

export interface KeptFile {
  url: string;
  revision: string | null;
  part: Part;
}

/** What a page tells the worker. */
export type WorkerMessage = { kind: 'keep'; part: Part } | { kind: 'take-over' };

/** Never answered with the app's page: other programs, data, and files of their own. */
export const notThePage = [
  /^\/(?:api|socket\.io|cities|uploads|media|gps|healthz|readyz)(?:\/|$)/,
  // what looks like a file and isn't there
  /\/[^/]*\.[^/]*$/,
];
