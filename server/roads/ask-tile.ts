/**
 * One matrix from the engine, asked again where it found no way although there is one. It searches from the side with
 * fewer places; there are dead ends that it so can't get out of, and one-way streets that it can't get into.
 */
import type { Position } from '../../shared/geo/position.ts';
import type { RawMatrix } from './read-answers.ts';

type Places = readonly Position[];
/** @param isPublic put all of these places on public streets */
type AskMatrix = (from: Places, to: Places, isPublic: boolean) => Promise<RawMatrix>;

/** So many searches are worth it to make sure that there is no way to one place. */
const mostEnds = 64;

export async function askTile(ask: AskMatrix, from: Places, to: Places): Promise<RawMatrix> {
  const found = await ask(from, to, false);
  const isForward = from.length <= to.length;
  const [starts, ends] = isForward ? [from, to] : [to, from];
  const cell = (start: number, end: number): number =>
    isForward ? start * to.length + end : end * to.length + start;
  const isOpen = (start: number, end: number) => found.seconds[cell(start, end)] === Infinity;
  const fill = async (some: number[], others: number[], isPublic: boolean): Promise<void> => {
    const [a, b] = [some.map((start) => starts[start]!), others.map((end) => ends[end]!)];
    const again = await (isForward ? ask(a, b, isPublic) : ask(b, a, isPublic));
    some.forEach((start, s) =>
      others.forEach((end, e) => {
        if (!isOpen(start, end)) return;
        const there = isForward ? s * others.length + e : e * some.length + s;
        found.seconds[cell(start, end)] = again.seconds[there]!;
        found.meters[cell(start, end)] = again.meters[there]!;
      }),
    );
  };

  // From a place to itself there is always a way.
  const leadsNowhere = (start: number): boolean => {
    const others = [...ends.keys()].filter((end) => keyOf(ends[end]!) !== keyOf(starts[start]!));
    return others.length > 0 && others.every((end) => isOpen(start, end));
  };
  const lostStarts = indicesWhere(starts, leadsNowhere);
  if (lostStarts.length > 0) await fill(lostStarts, [...ends.keys()], true);
  const stillLost = lostStarts.filter(leadsNowhere);
  // A place on both sides would have the engine search forwards again.
  const among = (places: Places, indices: number[]) => {
    const keys = new Set(indices.map((index) => keyOf(places[index]!)));
    return (place: Position) => keys.has(keyOf(place));
  };
  const isLost = among(starts, stillLost);
  const reachable = indicesWhere(ends, (end) => !isLost(ends[end]!));
  if (stillLost.length > 0 && reachable.length > 0 && reachable.length <= mostEnds)
    await fill(repeated(stillLost, reachable.length + 1), reachable, false);
  const others = indicesWhere(starts, (start) => !lostStarts.includes(start));
  const lostEnds = indicesWhere(ends, (end) => others.some((start) => isOpen(start, end)));
  if (lostEnds.length === 0) return found;
  const isLostEnd = among(ends, lostEnds);
  const missing = others.filter(
    (start) => !isLostEnd(starts[start]!) && lostEnds.some((end) => isOpen(start, end)),
  );
  if (missing.length === 0) return found;
  // More starts than ends: the search is to come from the ends.
  await fill(repeated(missing, lostEnds.length + 1), lostEnds, false);
  return found;
}

const keyOf = ({ lon, lat }: Position): string => `${lon} ${lat}`;

const indicesWhere = (places: Places, holds: (index: number) => boolean): number[] =>
  [...places.keys()].filter(holds);

const repeated = (indices: readonly number[], least: number): number[] =>
  Array.from({ length: Math.max(least, indices.length) }, (_, i) => indices[i % indices.length]!);
