// The same code runs from the TypeScript sources and from dist/: folders that
// are not compiled (migrations, caches) are found from the repository's root.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The nearest folder upwards that holds both package.json and migrations/. */
export function repoRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!(existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'migrations')))) {
    const parent = dirname(folder);
    if (parent === folder) {
      throw new Error('No folder with package.json and migrations/ above ' + import.meta.url);
    }
    folder = parent;
  }
  return folder;
}
