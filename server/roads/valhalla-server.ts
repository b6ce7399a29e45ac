/** A Valhalla server by its address. */
import { engineError } from './road-engine.ts';
import type { EngineAction, RoadEngine } from './road-engine.ts';
import { WorkQueue } from './work-queue.ts';

/** What a server takes that nobody has set up otherwise. */
const pairsAtOnce = 2_500;
const questionsAtOnce = 4;
const patienceMs = 10_000;

const addresses: Record<EngineAction, string> = {
  matrix: 'sources_to_targets',
  route: 'route',
  isochrone: 'isochrone',
  traceRoute: 'trace_route',
  locate: 'locate',
};

export function valhallaServer(baseUrl: string, waitMs: number = patienceMs): RoadEngine {
  const queue = new WorkQueue(questionsAtOnce);
  return {
    pairsAtOnce,
    locates: false,
    ask: (action, question) =>
      queue.run(action === 'matrix' && JSON.stringify(question).length > 10_000, async () => {
        const response = await fetch(`${baseUrl}/${addresses[action]}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(question),
          signal: AbortSignal.timeout(waitMs),
          redirect: 'error',
        });
        const text = await response.text();
        if (response.ok) return JSON.parse(text) as unknown;
        throw engineError(`the road server answers ${response.status}: ${complaintIn(text)}`);
      }),
  };
}

function complaintIn(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    if (typeof error === 'string') return error;
  } catch {
    // Not the server itself, but something before it.
  }
  return text.slice(0, 200);
}
