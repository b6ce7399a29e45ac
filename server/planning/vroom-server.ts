/** A VROOM server as the planner's peer: asked over HTTP, never waited for longer than a plan may take. */
import type { Night } from '../../shared/planning/night.ts';
import type { Plan } from '../../shared/planning/plan.ts';
import type { Log } from '../kernel/log.ts';
import { fromVroom, toVroom, vroomAnswerSchema } from './vroom.ts';

const timeoutMs = 2_000;
/** One that didn't answer is left alone for so long: each plan waiting for it would be late. */
const restMs = 60_000;

export class VroomPeer {
  private readonly log: Log;
  private readonly resting = new Map<string, number>();

  constructor(log: Log) {
    this.log = log;
  }

  /** null when it has no answer: then ours has to do. */
  async plan(url: string, night: Night): Promise<Plan | null> {
    if (url === '' || night.jobs.length === 0) return null;
    if ((this.resting.get(url) ?? 0) > Date.now()) return null;
    try {
      const translation = toVroom(night);
      // It takes no problem without vehicles or without tasks.
      const { vehicles, jobs, shipments } = translation.problem;
      if (vehicles.length === 0 || jobs.length + shipments.length === 0) return null;
      const response = await fetch(requireHttp(url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(translation.problem),
        signal: AbortSignal.timeout(timeoutMs),
        redirect: 'error',
      });
      if (!response.ok) throw new Error(`it answered ${response.status}`);
      return fromVroom(night, translation, vroomAnswerSchema.parse(await response.json()));
    } catch (error) {
      this.resting.set(url, Date.now() + restMs);
      this.log('warn', 'the VROOM server gave no plan; ours is used', {
        url,
        reason: error instanceof Error ? error.message : String(error),
      });
      return null;
    }
  }
}

/** Only http and https, and nothing secret in it: it is shown to every administrator. */
export function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return ['http:', 'https:'].includes(protocol) && username === '' && password === '';
}

function requireHttp(url: string): URL {
  if (!isWebAddress(url)) throw new Error('its address is neither http nor https');
  return new URL(url);
}
