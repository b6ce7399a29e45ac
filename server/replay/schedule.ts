/** When each record is sent: the first at once, the others as their times say, faster; empty stretches are jumped over. */

/** @param atMs times of the records, ascending. @returns seconds from the start at which each is due */
export function dueSeconds(
  atMs: readonly number[],
  pace: { speed: number; maxGapSeconds: number },
): Float64Array {
  const due = new Float64Array(atMs.length);
  if (pace.speed === Infinity) return due;
  for (let i = 1; i < atMs.length; i++) {
    const gap = (atMs[i]! - atMs[i - 1]!) / 1000 / pace.speed;
    due[i] = due[i - 1]! + Math.min(gap, pace.maxGapSeconds);
  }
  return due;
}
