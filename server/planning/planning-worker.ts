// The thread that plans: a search keeps its thread busy, so it must not be the server's.
import { parentPort } from 'node:worker_threads';
import { answerQuestion } from './answer-question.ts';
import type { Answer, Question } from './thread-messages.ts';

const port = parentPort;
if (!port) throw new Error('planning-worker runs only as a worker thread');

port.on('message', (question: Question) => {
  let answer: Answer;
  try {
    answer = answerQuestion(question);
  } catch (error) {
    answer = { kind: 'failed', message: (error as Error).stack ?? String(error) };
  }
  port.postMessage(answer);
});
