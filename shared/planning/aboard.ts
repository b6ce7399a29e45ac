/** What is aboard for those who are visited, and what it costs when it doesn't last. */
import { emptyHandedShare, itemCount } from './model.ts';
import type { Model, TeamModel } from './model.ts';

export function demandOf(model: Model, seq: readonly number[]): Float64Array {
  const demand = new Float64Array(itemCount);
  for (const j of seq)
    if (j < model.jobCount && model.hasItems[j] === 1)
      for (let i = 0; i < itemCount; i++) demand[i]! += model.items[j * itemCount + i]!;
  return demand;
}
export function shortOf(team: TeamModel, demand: Float64Array): boolean {
  for (let i = 0; i < itemCount; i++) if (demand[i]! > team.stock[i]!) return true;
  return false;
}
export function runsShort(model: Model, team: TeamModel, demand: Float64Array, j: number): boolean {
  for (let i = 0; i < itemCount; i++)
    if (demand[i]! + model.items[j * itemCount + i]! > team.stock[i]!) return true;
  return false;
}

/** What is aboard is given out in the order of the visits; what is missing at one is a share of what it wants. */
export function emptyHands(model: Model, team: TeamModel, seq: readonly number[]): number {
  const left = Float64Array.from(team.stock);
  let price = 0;
  for (const j of seq) {
    if (j >= model.jobCount || model.hasItems[j] === 0) continue;
    let wanted = 0;
    let missing = 0;
    for (let i = 0; i < itemCount; i++) {
      const want = model.items[j * itemCount + i]!;
      wanted += want;
      missing += Math.max(0, want - left[i]!);
      left[i] = Math.max(0, left[i]! - want);
    }
    price +=
      (missing / wanted) * emptyHandedShare * model.night.settings.unserved * model.weight[j]!;
  }
  return price;
}
