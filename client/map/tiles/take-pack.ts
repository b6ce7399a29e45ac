/** Fetches the pieces of a pack in long ranges and puts them on the shelf. */
import type { Archive } from './archive.ts';
import type { PackPlan } from './plan-pack.ts';
import type { Pack, PieceKey, Shelf } from './shelf.ts';

/** One request fetches pieces that lie this close together… */
const gapBytes = 8_192;
/** …up to this much, so that a broken line loses little and progress is seen. */
const requestBytes = 262_144;

export interface Run {
  offset: number;
  length: number;
  pieces: [number, number][];
}

/** Neighbouring pieces in one request each. @param pieces ascending */
export function runsOf(pieces: readonly [number, number][]): Run[] {
  const runs: Run[] = [];
  for (const [offset, length] of pieces) {
    const last = runs.at(-1);
    const end = last ? last.offset + last.length : 0;
    const together = Math.max(end, offset + length) - (last?.offset ?? 0);
    if (last && offset - end <= gapBytes && together <= requestBytes) {
      last.length = together;
      last.pieces.push([offset, length]);
    } else runs.push({ offset, length, pieces: [[offset, length]] });
  }
  return runs;
}

export interface Taking {
  shelf: Shelf;
  archive: Archive;
  pack: Pack;
  plan: PackPlan;
  signal: AbortSignal;
  onProgress: (bytes: number) => void;
}

/** What is there already is not fetched again. Rejects when the line breaks; what came stays, to be gone on with. */
export async function takePack(taking: Taking): Promise<void> {
  const { shelf, archive, pack, plan, signal, onProgress } = taking;
  const keyOf = (offset: number): PieceKey => [archive.url, plan.generation, offset];
  await shelf.savePack({ ...pack, complete: false });
  const there = await shelf.claim(
    pack.id,
    plan.pieces.map(([offset]) => keyOf(offset)),
  );
  let done = 0;
  const missing: [number, number][] = [];
  for (const piece of plan.pieces) {
    if (there.has(piece[0])) done += piece[1];
    else missing.push(piece);
  }
  onProgress(done);
  for (const run of runsOf(missing)) {
    const data = await archive.fetch(plan.generation, run.offset, run.length, signal);
    signal.throwIfAborted();
    await shelf.pack(
      pack.id,
      run.pieces.map(([offset, length]) => [
        keyOf(offset),
        data.slice(offset - run.offset, offset - run.offset + length),
      ]),
    );
    done += run.pieces.reduce((sum, [, length]) => sum + length, 0);
    onProgress(done);
  }
  await shelf.savePack({ ...pack, generation: plan.generation, complete: true });
  // Pieces of an older map of the same area have had their day.
  await shelf.releasePack(pack.id, plan.generation);
}
