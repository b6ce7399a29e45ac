// Run after every install: repairs what postgres.js 3.4.9 does when a connection is lost.
// As published, a query of an open transaction is then written to a socket that is gone, which
// ends the process, or on a connection that has been opened anew, outside of its transaction
// (porsager/postgres issues 1066, 1154, 1186, 1208; pull requests 1155, 1168).
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const sources = fileURLToPath(new URL('../node_modules/postgres/src/', import.meta.url));

export const repairs = [
  {
    file: 'connection.js',
    before: `    clearImmediate(nextWriteTimer)
    socket.removeListener('data', data)
    socket.removeListener('connect', connected)
    idleTimer.cancel()`,
    after: `    clearImmediate(nextWriteTimer)
    chunk = nextWriteTimer = null
    terminated = true
    socket.removeListener('data', data)
    socket.removeListener('connect', connected)
    idleTimer.cancel()`,
  },
  {
    file: 'connection.js',
    before: `    const x = socket.write(chunk, fn)
`,
    after: `    const x = socket === null || socket.write(chunk, fn)
`,
  },
  {
    file: 'index.js',
    before: `      , connection
      , prepare = null

    try {`,
    after: `      , connection
      , lost = null
      , prepare = null

    try {`,
  },
  {
    file: 'index.js',
    before: `        new Promise((_, reject) => connection.onclose = reject)`,
    after: `        new Promise((_, reject) => connection.onclose = e => {
          lost = e
          while (queries.length)
            queries.shift().reject(e)
          reject(e)
        })`,
  },
  {
    file: 'index.js',
    before: `        q.catch(e => uncaughtError || (uncaughtError = e))
        c.queue === full`,
    after: `        q.catch(e => uncaughtError || (uncaughtError = e))
        if (lost)
          return q.reject(lost)
        c.queue === full`,
  },
];

/** What of the repairs the installed postgres.js lacks. */
export function missingRepairs() {
  return repairs.filter(
    ({ file, after }) => !readFileSync(path.join(sources, file), 'utf8').includes(after),
  );
}

function applyRepairs() {
  for (const { file, before, after } of missingRepairs()) {
    const whole = path.join(sources, file);
    const text = readFileSync(whole, 'utf8');
    if (text.split(before).length !== 2)
      throw new Error(`postgres.js is not the version that ${import.meta.url} repairs: ${file}`);
    writeFileSync(
      whole,
      text.replace(before, () => after),
    );
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href && existsSync(sources))
  applyRepairs();
