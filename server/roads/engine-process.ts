/**
 * The process of the road engine: native code that a bad tile could bring down, and nobody's night with it. Started
 * by engine.ts; ends with the one who started it.
 */
import { createRequire } from 'node:module';
import { engineConfig } from './engine-config.ts';
import type { EngineQuestion, EngineReply } from './engine-messages.ts';

type Answer = (text: string) => Promise<string>;
type Actor = Record<EngineQuestion['action'], Answer>;
const { Actor } = createRequire(import.meta.url)('@valhallajs/valhallajs') as {
  Actor: new (config: string) => Actor;
};

/** An actor answers one question at a time; there are as many as were ever needed at once. */
const idle = new Map<string, Actor[]>();
/** New tiles come as a new file: actors of one that nobody asks for any more are let go. */
const mostFiles = 4;

async function answer({ id, tilesFile, action, text }: EngineQuestion): Promise<EngineReply> {
  let actors = idle.get(tilesFile);
  if (actors) idle.delete(tilesFile);
  idle.set(tilesFile, (actors ??= []));
  for (const oldest of idle.keys()) if (idle.size > mostFiles) idle.delete(oldest);
  try {
    const actor = actors.pop() ?? new Actor(engineConfig(tilesFile.replace(/\?.*$/, '')));
    try {
      return { id, text: await actor[action](text) };
    } finally {
      actors.push(actor);
    }
  } catch (error) {
    return { id, complaint: error instanceof Error ? error.message : String(error) };
  }
}

process.on('message', (question: EngineQuestion) => {
  void answer(question).then((reply) => process.connected && process.send?.(reply));
});
process.on('disconnect', () => process.exit(0));
// The terminal's Ctrl-C reaches the whole group: the server stops this one when it has finished.
process.on('SIGINT', () => undefined);
