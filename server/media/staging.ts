/** Uploads under way, in a folder of this server: what has come stays there across restarts until it is whole. */
import { readdir, readFile, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { FileStore } from '@tus/file-store';
import type { Upload } from '@tus/server';
import { AppError } from '../../shared/errors.ts';

/** A device may be without a network for a night and a day, and then some. */
export const unfinishedDays = 3;
/** Below this nothing is begun nor gone on with: the database may be on the same disk. */
const leastFreeBytes = 512 * 1024 * 1024;

export class Staging extends FileStore {
  constructor(dataDir: string) {
    super({
      directory: path.join(dataDir, 'uploads'),
      expirationPeriodInMilliseconds: unfinishedDays * 24 * 3600 * 1000,
    });
    // Lengths are known before, and nobody ends an upload but time.
    this.extensions = ['creation', 'creation-with-upload', 'expiration'];
  }

  /** The upload with what has come of it, or null. */
  async find(id: string): Promise<Upload | null> {
    const upload = await this.getUpload(id).catch(() => null);
    return upload !== null && this.isOver(upload) ? null : upload;
  }

  private isOver({ creation_date }: Upload): boolean {
    const began = Date.parse(creation_date ?? '');
    return Number.isNaN(began) || began + this.getExpiration() < Date.now();
  }

  /** A device that has lost all but the id begins anew and finds what has come before. */
  override async create(upload: Upload): Promise<Upload> {
    const known = await this.find(upload.id);
    if (known !== null && known.size === upload.size) return known;
    return await super.create(upload);
  }

  /** @throws AppError database_unavailable, which devices take as a reason to wait */
  async requireRoom(): Promise<void> {
    const { bavail, bsize } = await statfs(this.directory);
    if (bavail * bsize < leastFreeBytes) throw new AppError('database_unavailable');
  }

  /**
   * By the age of each file alone: what a server that was killed left half written or half removed goes too, and
   * can't keep the rest from going. Answers how many files went.
   */
  override async deleteExpired(): Promise<number> {
    const oldest = Date.now() - this.getExpiration();
    let gone = 0;
    for (const name of await readdir(this.directory).catch(() => [])) {
      const file = path.join(this.directory, name);
      const found = await stat(file).catch(() => null);
      if (found === null || !found.isFile() || found.mtimeMs >= oldest) continue;
      await rm(file, { force: true });
      gone += 1;
    }
    return gone;
  }

  bytesOf(id: string): Promise<Buffer> {
    return readFile(path.join(this.directory, id));
  }

  async forget(id: string): Promise<void> {
    await this.remove(id).catch(() => undefined);
  }
}
