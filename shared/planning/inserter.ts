/** Puts what is left over into the lanes, the one that would regret waiting most first. */
import type { Random } from '../solver/random.ts';
import { bestInsertion } from './insertion.ts';
import type { Trial } from './lane.ts';
import { needsNoBed } from './model.ts';
import type { Model } from './model.ts';
import { insert } from './state.ts';
import type { State } from './state.ts';

export interface Manner {
  /** 1: the cheapest first; k: by how much the k best teams differ */
  regret: number;
  /** share of teams that are overlooked, so that a search sees other plans */
  blink: number;
  random: Random | null;
}
export const careful: Manner = { regret: 2, blink: 0, random: null };

/** Remembers for each job and lane what the best place was, as long as the lane is the same. */
export class Inserter {
  private readonly model: Model;
  private readonly ids: Int32Array;
  private readonly deltas: Float64Array;
  private readonly trials: (Trial | null)[];

  constructor(model: Model) {
    this.model = model;
    const size = model.jobCount * model.teams.length;
    this.ids = new Int32Array(size).fill(-1);
    this.deltas = new Float64Array(size);
    this.trials = new Array<Trial | null>(size).fill(null);
  }

  /** Inserts of the given jobs all that can be, in place. */
  run(state: State, jobs: readonly number[], manner: Manner): void {
    const open = jobs.filter((j) => state.left.has(j));
    const scores = open.map((j) => this.score(state, j, manner));
    while (open.length > 0) {
      let best = -1;
      for (let a = 0; a < open.length; a++)
        if (scores[a]!.team >= 0 && (best < 0 || scores[a]!.value > scores[best]!.value)) best = a;
      if (best < 0) return;
      const j = open[best]!;
      const { team } = scores[best]!;
      const trial = this.trials[j * this.model.teams.length + team]!;
      const done = this.stillFree(state, j, trial) && insert(state, team, j, trial);
      if (done) {
        open.splice(best, 1);
        scores.splice(best, 1);
      } else this.ids[j * this.model.teams.length + team] = -1;
      for (let a = 0; a < open.length; a++)
        if (done ? this.touches(scores[a]!, team) : open[a] === j)
          scores[a] = this.score(state, open[a]!, manner);
    }
  }

  /** The best place of a job in one lane, from memory where the lane is the same. */
  private look(state: State, j: number, t: number): number {
    const { model } = this;
    const lane = state.lanes[t]!;
    const at = j * model.teams.length + t;
    const trial = this.trials[at]!;
    if (this.ids[at] === lane.id && (trial === null || this.stillFree(state, j, trial)))
      return this.deltas[at]!;
    // Where it would cost the others more than that nobody goes, nobody goes: the same as in a search.
    const found = bestInsertion(model, lane, j, state.used, model.unservedCost[j]);
    this.ids[at] = lane.id;
    this.deltas[at] = found ? found.delta : Infinity;
    this.trials[at] = found && found.trial;
    return this.deltas[at];
  }

  private stillFree({ used, lanes }: State, j: number, trial: Trial): boolean {
    const { model } = this;
    if (model.places[j] === 0) return true;
    const pool = trial.bed[trial.seq.indexOf(j)]!;
    return pool <= needsNoBed || used[pool]! + model.places[j]! <= model.poolFree[pool]! || !lanes;
  }

  private score(state: State, j: number, { regret, blink, random }: Manner): Score {
    const { model } = this;
    const best: number[] = [];
    const score: Score = { value: -Infinity, team: -1, teams: [] };
    for (let t = 0; t < model.teams.length; t++) {
      if (random && random.next() < blink) continue;
      const delta = this.look(state, j, t);
      if (delta === Infinity) continue;
      const place = best.findIndex((other) => delta < other - 1e-9);
      if (place < 0 ? best.length >= regret : false) continue;
      best.splice(place < 0 ? best.length : place, 0, delta);
      score.teams.splice(place < 0 ? score.teams.length : place, 0, t);
      if (best.length > regret) {
        best.pop();
        score.teams.pop();
      }
    }
    if (best.length === 0) return score;
    score.team = score.teams[0]!;
    score.value = regret === 1 ? -best[0]! : 0;
    for (let k = 1; k < regret; k++) score.value += (best[k] ?? model.unservedCost[j]!) - best[0]!;
    return score;
  }

  /** A lane that grew matters to whom it was among the best for. */
  private touches(score: Score, team: number): boolean {
    return score.teams.includes(team);
  }
}

interface Score {
  value: number;
  team: number;
  teams: number[];
}
