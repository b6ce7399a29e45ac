// Whether this machine has a PostgreSQL server with PostGIS that the tests can start a private cluster of.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

const debianPrograms = '/usr/lib/postgresql';

function askPgConfig(option) {
  const result = spawnSync('pg_config', [option], { encoding: 'utf8' });
  return result.status === 0 ? result.stdout.trim() : '';
}

/** `{ bin, version }` of the newest PostgreSQL ≥ 15 that has PostGIS beside it; undefined when none has. */
export function findPostgres() {
  const places = existsSync(debianPrograms)
    ? readdirSync(debianPrograms).map((version) => ({
        version,
        bin: path.join(debianPrograms, version, 'bin'),
        share: path.join('/usr/share/postgresql', version),
      }))
    : [];
  places.sort((a, b) => Number(b.version) - Number(a.version));
  const bin = askPgConfig('--bindir');
  if (bin) {
    const version = /\d+/.exec(askPgConfig('--version'))?.[0] ?? '0';
    places.push({ version, bin, share: askPgConfig('--sharedir') });
  }
  return places.find(
    (place) =>
      Number(place.version) >= 15 &&
      existsSync(path.join(place.bin, 'initdb')) &&
      existsSync(path.join(place.share, 'extension', 'postgis.control')),
  );
}
