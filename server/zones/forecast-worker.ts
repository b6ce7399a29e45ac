// The thread that makes a forecast: a million rows keep a thread busy for seconds, so it must not be the server's.
import { parentPort } from 'node:worker_threads';
import type { ForecastAnswer, ForecastQuestion } from './forecast-messages.ts';
import { makeForecast } from './make-forecast.ts';

const port = parentPort;
if (!port) throw new Error('forecast-worker runs only as a worker thread');

port.on('message', (question: ForecastQuestion) => {
  let answer: ForecastAnswer;
  try {
    answer = makeForecast(question);
  } catch (error) {
    answer = { kind: 'failed', message: (error as Error).stack ?? String(error) };
  }
  port.postMessage(answer);
});
