import type { Config } from './config.ts';

const ranks = { debug: 0, info: 1, warn: 2, error: 3, silent: 4 } as const;
export type Log = (
  level: 'debug' | 'info' | 'warn' | 'error',
  message: string,
  details?: Record<string, unknown>,
) => void;

/** One line per entry on stderr: time, level, message, details as JSON. Errors keep their stack. */
export function createLog(level: Config['logLevel']): Log {
  return (entryLevel, message, details) => {
    if (ranks[entryLevel] < ranks[level]) return;
    const tail = details === undefined ? '' : ` ${JSON.stringify(details, plainErrors)}`;
    process.stderr.write(`${new Date().toISOString()} ${entryLevel} ${message}${tail}\n`);
  };
}

const plainErrors = (_key: string, value: unknown): unknown =>
  value instanceof Error ? { name: value.name, message: value.message, stack: value.stack } : value;
