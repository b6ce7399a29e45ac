// `npm run solve`: reads a routing problem from a file and prints a plan for it as one JSON object.
import { readFile } from 'node:fs/promises';
import { resolve as resolvePath } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { InstanceError } from '../shared/solver/instance.ts';
import { parseInstance } from '../shared/solver/parse-instance.ts';
import { objectives, solve } from '../shared/solver/solve.ts';
import type { Objective } from '../shared/solver/solve.ts';

const USAGE = `Plans routes for a problem in a file: Solomon's text (also Gehring and Homberger's), or Li and Lim's
with pickups and deliveries.

npm run solve -- FILE [options]

  FILE             - reads standard input
  --seconds S      how long to search (default 10)
  --objective O    vehicles (default): the fewest vehicles first, then the shortest way
                   distance: the shortest way on no more vehicles than the file has
  --seed N         another course of chance (default 1)
  --help

Prints {"objective","distance","vehicles","routes","seconds"} on one line: routes list the customers by
their number in the file, without the depot. Ends with 2 when the arguments or the file are wrong, or
when somebody in it can't be served, and says why on standard error.`;

/** The arguments are wrong. */
class UsageError extends Error {}

interface Arguments {
  file: string;
  seconds: number;
  objective: Objective;
  seed: number;
}

/** Null when help was asked for. */
function readArguments(args: readonly string[]): Arguments | null {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        seconds: { type: 'string', default: '10' },
        objective: { type: 'string', default: 'vehicles' },
        seed: { type: 'string', default: '1' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
  const { values, positionals } = parsed;
  if (values.help) return null;
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError('Name the file to plan for.');
  if (more.length > 0) throw new UsageError(`One file at a time; what is "${more.join(' ')}"?`);
  const seconds = Number(values.seconds);
  if (values.seconds.trim() === '' || !(seconds > 0 && seconds <= 86_400))
    throw new UsageError(`--seconds must be a number above 0, not "${values.seconds}".`);
  const objective = objectives.find((name) => name === values.objective);
  if (objective === undefined)
    throw new UsageError(`--objective is ${objectives.join(' or ')}, not "${values.objective}".`);
  const seed = Number(values.seed);
  if (values.seed.trim() === '' || !Number.isInteger(seed))
    throw new UsageError(`--seed must be a whole number, not "${values.seed}".`);
  return { file, seconds, objective, seed };
}

async function readText(file: string): Promise<string> {
  if (file !== '-') return readFile(file, 'utf8');
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** In words, what went wrong; undefined when it is not about the arguments or the file. */
function inWords(error: unknown): string | undefined {
  if (error instanceof UsageError) return `${error.message}\nSee --help.`;
  if (error instanceof InstanceError) return error.message;
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return `There is no file ${path}.`;
  if (code === 'EISDIR') return 'That is a folder, not a file.';
  if (code === 'EACCES' || code === 'EPERM') return `No permission for ${path}.`;
  return undefined;
}

/** The exit code. */
async function main(args: readonly string[]): Promise<number> {
  try {
    const options = readArguments(args);
    if (options === null) {
      process.stdout.write(`${USAGE}\n`);
      return 0;
    }
    const { objective } = options;
    const instance = parseInstance(await readText(options.file));
    const began = performance.now();
    const { distance, routes } = solve(instance, options);
    const seconds = Number(((performance.now() - began) / 1000).toFixed(3));
    const answer = { objective, distance, vehicles: routes.length, routes, seconds };
    process.stdout.write(`${JSON.stringify(answer)}\n`);
    return 0;
  } catch (error) {
    const words = inWords(error);
    if (words === undefined) throw error;
    process.stderr.write(`${words}\n`);
    return 2;
  }
}

if (
  process.argv[1] !== undefined &&
  resolvePath(process.argv[1]) === fileURLToPath(import.meta.url)
)
  process.exitCode = await main(process.argv.slice(2));
