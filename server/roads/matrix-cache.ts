import type { RawMatrix } from './read-answers.ts';

/** 16 bytes each: 24 MB. */
const mostPairs = 1_500_000;

/** The matrices asked for lately, as the engine gave them; the least lately used go first. */
export class MatrixCache {
  private readonly kept = new Map<string, RawMatrix>();
  private pairs = 0;

  get(key: string): RawMatrix | undefined {
    const hit = this.kept.get(key);
    if (hit) {
      this.kept.delete(key);
      this.kept.set(key, hit);
    }
    return hit;
  }

  set(key: string, matrix: RawMatrix): void {
    if (matrix.seconds.length > mostPairs || this.kept.has(key)) return;
    this.kept.set(key, matrix);
    this.pairs += matrix.seconds.length;
    for (const [oldest, { seconds }] of this.kept) {
      if (this.pairs <= mostPairs) break;
      this.kept.delete(oldest);
      this.pairs -= seconds.length;
    }
  }

  clear(): void {
    this.kept.clear();
    this.pairs = 0;
  }
}
