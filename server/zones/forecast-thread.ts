/** One thread for one forecast: it is made once an hour, and a thread's memory goes with it. */
import { spawnThread } from '../kernel/embedded/entries.ts';
import type { ForecastAnswer, ForecastQuestion } from './forecast-messages.ts';

/** Many times what a million rows need. */
const patienceMs = 120_000;

/** @throws Error when the thread failed, or gave no answer in time */
export async function askForForecast(
  question: ForecastQuestion,
): Promise<Extract<ForecastAnswer, { kind: 'made' }>> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = spawnThread(new URL(`./forecast-worker.${extension}`, import.meta.url), null);
  worker.unref();
  let timer: NodeJS.Timeout | undefined;
  try {
    const answer = await new Promise<ForecastAnswer>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the forecast thread stopped')));
      timer = setTimeout(() => reject(new Error('the forecast took too long')), patienceMs);
      // Made for this question alone: handed over, not copied.
      const { rows, counts } = question.history;
      worker.postMessage(question, [rows.buffer as ArrayBuffer, counts.buffer as ArrayBuffer]);
    });
    if (answer.kind === 'failed') throw new Error(answer.message);
    return answer;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
