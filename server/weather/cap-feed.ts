/** Alerts of a CAP address, read once each: an alert is never changed, only followed by another that refers to it. */
import { warningSeverities } from '../../shared/weather/schema.ts';
import type { SourceFault } from '../../shared/weather/schema.ts';
import { ask } from './asking.ts';
import type { Reply } from './asking.ts';
import { parseCapAlert } from './cap-alert.ts';
import { byAge, parseCapFeed } from './cap-document.ts';
import type { CapLink } from './cap-document.ts';
import { AnswerError, nothingNew } from './provider.ts';
import type {
  Answer,
  AskedSource,
  Asking,
  Ground,
  ToldWarning,
  WeatherProvider,
} from './provider.ts';
import { summedFaults } from './read-hours.ts';

/** A list of more is read over several questions, the latest first. */
const linksAtOnce = 60;
const togetherAtOnce = 4;
/** Then the rest waits for the next time. */
const linksMs = 45_000;
const rememberedLinks = 1_000;
/** More than anybody reads: the severest stay. */
const mostWarnings = 200;

export const capFeed: WeatherProvider = {
  async fetch(source: AskedSource, ground: Ground, asking: Asking): Promise<Answer> {
    const { address: url, memory } = source;
    const trustedHost = new URL(url).hostname;
    const headers = source.key === null ? {} : { authorization: `Bearer ${source.key}` };
    const reply = await ask(
      { url, headers, trustedHost, validators: memory.validators?.[url] },
      asking,
    );
    if (!reply.changed) return { ...nothingNew, memory };
    const index = parseCapFeed(reply.text, url);
    const reading = new Reading(ground, asking.now());
    reading.take(index.alerts);
    reading.leftOut += index.leftOut;
    const links = distinct(index.links).slice(0, rememberedLinks);
    const isRead = ({ url: link, updated }: CapLink): boolean => memory.read?.[link] === updated;
    const wanted = links.filter((link) => !isRead(link)).sort(byAge);
    const askLink = ({ url: link }: CapLink): Promise<Reply> => {
      const isOwn = new URL(link).origin === new URL(url).origin;
      return ask({ url: link, trustedHost, ...(isOwn && { headers }) }, asking);
    };
    const followed = await followAll(wanted.slice(0, linksAtOnce), asking, askLink, reading);
    const read = links.filter((link) => isRead(link) || followed.has(link.url));
    return {
      changed: true,
      points: [],
      complete: true,
      warnings: reading.warnings(),
      faults: reading.faults(),
      retryAfterMs: null,
      memory: {
        // Something is left to be read: the index is wanted again, changed or not.
        ...(read.length === links.length ? { validators: { [url]: reply.validators } } : {}),
        read: Object.fromEntries(read.map((link) => [link.url, link.updated])),
      },
    };
  },
};

const distinct = (links: readonly CapLink[]): CapLink[] => [
  ...new Map(links.map((link) => [link.url, link])).values(),
];

/** @returns the links that needn't be followed again */
async function followAll(
  links: readonly CapLink[],
  asking: Asking,
  askLink: (link: CapLink) => Promise<Reply>,
  reading: Reading,
): Promise<Set<string>> {
  const done = new Set<string>();
  const until = asking.now() + linksMs;
  const queue = [...links];
  const follow = async (): Promise<void> => {
    for (let link = queue.shift(); link && asking.now() < until; link = queue.shift()) {
      try {
        const reply = await askLink(link);
        if (reply.changed) reading.take(parseCapFeed(reply.text, link.url).alerts);
        done.add(link.url);
      } catch (error) {
        if (!(error instanceof AnswerError)) throw error;
        reading.fail(error.fault);
        // Broken today is broken tomorrow; gone or out of reach may come back.
        if (error.fault.code === 'malformed') done.add(link.url);
      }
    }
  };
  await Promise.all(Array.from({ length: togetherAtOnce }, follow));
  return done;
}

/** What the alerts of one answer come to, whatever their order. */
class Reading {
  leftOut = 0;
  private readonly ground: Ground;
  private readonly nowMs: number;
  private readonly issued = new Map<string, ToldWarning>();
  private readonly withdrawn = new Set<string>();
  private readonly failed: SourceFault[] = [];

  constructor(ground: Ground, nowMs: number) {
    this.ground = ground;
    this.nowMs = nowMs;
  }

  take(alerts: readonly unknown[]): void {
    for (const alert of alerts) {
      const message = parseCapAlert(alert, this.ground.bounds, this.nowMs);
      if (message.kind === 'broken') this.leftOut += 1;
      if (message.kind !== 'message') continue;
      if (message.warning) this.issued.set(message.warning.id, message.warning);
      for (const id of message.withdraws) this.withdrawn.add(id);
    }
  }

  fail(fault: SourceFault): void {
    this.failed.push(fault);
  }

  warnings() {
    const rank = ({ severity }: ToldWarning): number => warningSeverities.indexOf(severity);
    const issued = [...this.issued.values()]
      .filter(({ id }) => !this.withdrawn.has(id))
      .sort((a, b) => rank(a) - rank(b));
    this.leftOut += Math.max(0, issued.length - mostWarnings);
    return {
      kind: 'messages' as const,
      issued: issued.slice(0, mostWarnings),
      withdrawn: [...this.withdrawn],
    };
  }

  faults(): SourceFault[] {
    const left: SourceFault[] = this.leftOut > 0 ? [{ code: 'left_out', count: this.leftOut }] : [];
    return summedFaults([...this.failed, ...left]);
  }
}
