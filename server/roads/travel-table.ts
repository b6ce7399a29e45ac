/**
 * The planner's travel times: every place of the moment against every other, warm. A new place has figures at once,
 * estimated, and the roads' figures as soon as they have come; nobody waits.
 */
import type { Position } from '../../shared/geo/position.ts';
import type { Roads, TravelMatrix, TravelMode } from '../../shared/roads/schema.ts';

const firstCapacity = 64;
/** How long a failed question to the roads rests before it is asked again. */
const retryMs = 5_000;

export class TravelTable {
  private readonly roads: Roads;
  private readonly cityId: string;
  private readonly mode: TravelMode;
  private capacity = firstCapacity;
  private places: (Position | null)[] = [];
  private free: number[] = [];
  private allSeconds = new Float64Array(firstCapacity ** 2);
  private allMeters = new Float64Array(firstCapacity ** 2);
  /** 1 = from the roads */
  private known = new Uint8Array(firstCapacity ** 2);
  /** Counts up with every place put at an index, so that a late answer finds nobody. */
  private tenant = new Int32Array(firstCapacity);
  /** Counts up with every change of the roads, so that an answer from before it is not taken for one after. */
  private epoch = 0;
  private waiting = new Set<number>();
  private fetching: Promise<void> | null = null;
  private readonly listeners = new Set<() => void>();
  private readonly stopListening: () => void;
  private closed = false;

  constructor(roads: Roads, cityId: string, mode: TravelMode) {
    this.roads = roads;
    this.cityId = cityId;
    this.mode = mode;
    this.stopListening = roads.onChange((changed) => {
      if (changed === cityId) this.refresh();
    });
  }

  /** Places in the table now. */
  get size(): number {
    return this.places.length - this.free.length;
  }

  /** Gives each an index that stays its own until it is dropped. */
  add(places: readonly Position[]): number[] {
    const added = places.map((place) => this.seat(place));
    this.fillByEstimate(added);
    for (const index of added) this.waiting.add(index);
    this.fetch();
    return added;
  }

  drop(...indices: readonly number[]): void {
    for (const index of indices) {
      if (this.places[index] == null) continue;
      this.places[index] = null;
      this.waiting.delete(index);
      this.free.push(index);
    }
  }

  seconds(from: number, to: number): number {
    return this.allSeconds[from * this.capacity + to]!;
  }

  meters(from: number, to: number): number {
    return this.allMeters[from * this.capacity + to]!;
  }

  isEstimate(from: number, to: number): boolean {
    return this.known[from * this.capacity + to] === 0;
  }

  /** When all that can be known of the places of now is known. */
  async ready(): Promise<void> {
    while (this.fetching) await this.fetching;
  }

  /** Called when estimates have been replaced by better figures. */
  onUpdate(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  close(): void {
    this.closed = true;
    this.stopListening();
    this.listeners.clear();
  }

  private seat(place: Position): number {
    const index = this.free.pop() ?? this.places.length;
    if (index >= this.capacity) this.grow();
    this.places[index] = place;
    this.tenant[index]! += 1;
    return index;
  }

  private grow(): void {
    const before = this.capacity;
    const after = before * 2;
    const seconds = new Float64Array(after ** 2);
    const meters = new Float64Array(after ** 2);
    const known = new Uint8Array(after ** 2);
    for (let row = 0; row < before; row++) {
      seconds.set(this.allSeconds.subarray(row * before, (row + 1) * before), row * after);
      meters.set(this.allMeters.subarray(row * before, (row + 1) * before), row * after);
      known.set(this.known.subarray(row * before, (row + 1) * before), row * after);
    }
    const tenant = new Int32Array(after);
    tenant.set(this.tenant);
    Object.assign(this, { allSeconds: seconds, allMeters: meters, known, tenant, capacity: after });
  }

  private seated(): number[] {
    const result: number[] = [];
    this.places.forEach((place, index) => place && result.push(index));
    return result;
  }

  private placesOf(indices: readonly number[]): Position[] {
    return indices.map((index) => this.places[index]!);
  }

  private fillByEstimate(indices: readonly number[]): void {
    const all = this.seated();
    const [some, others] = [this.placesOf(indices), this.placesOf(all)];
    this.put(indices, all, this.roads.estimate(this.cityId, this.mode, some, others), null);
    this.put(all, indices, this.roads.estimate(this.cityId, this.mode, others, some), null);
  }

  /** @param tenants who was asked for; a figure for somebody who has left is not for whoever came after. */
  private put(
    from: readonly number[],
    to: readonly number[],
    matrix: TravelMatrix,
    tenants: ReadonlyMap<number, number> | null,
  ): void {
    const here = (index: number): boolean =>
      tenants === null || this.tenant[index] === tenants.get(index);
    const kind = matrix.estimated ? 0 : 1;
    from.forEach((a, row) => {
      if (!here(a)) return;
      to.forEach((b, col) => {
        if (!here(b)) return;
        const at = a * this.capacity + b;
        this.allSeconds[at] = a === b ? 0 : matrix.seconds[row * matrix.cols + col]!;
        this.allMeters[at] = a === b ? 0 : matrix.meters[row * matrix.cols + col]!;
        this.known[at] = a === b ? 1 : kind;
      });
    });
  }

  /**
   * Other closures, another factor or new roads: every figure is an estimate until it was asked anew, the longer one
   * of what the roads said before and what the straight line says now.
   */
  private refresh(): void {
    this.epoch += 1;
    const all = this.seated();
    if (all.length === 0) return;
    const [secondsBefore, metersBefore] = [this.allSeconds.slice(), this.allMeters.slice()];
    const knownBefore = this.known.slice();
    this.fillByEstimate(all);
    knownBefore.forEach((known, at) => {
      if (known === 0 || this.known[at] === 1) return;
      this.allSeconds[at] = Math.max(this.allSeconds[at]!, secondsBefore[at]!);
      this.allMeters[at] = Math.max(this.allMeters[at]!, metersBefore[at]!);
    });
    for (const index of all) this.waiting.add(index);
    this.fetch();
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }

  private fetch(): void {
    if (this.closed || this.fetching || this.waiting.size === 0) return;
    this.fetching = this.fetchWaiting().finally(() => {
      this.fetching = null;
      this.fetch();
    });
  }

  private async fetchWaiting(): Promise<void> {
    // What is added within one turn is asked for together.
    await Promise.resolve();
    const { epoch } = this;
    const asked = [...this.waiting];
    this.waiting.clear();
    if (asked.length === 0 || this.roads.isEstimated(this.cityId)) return;
    const all = this.seated();
    const tenants = new Map(all.map((index) => [index, this.tenant[index]!]));
    const others = all.filter((index) => !asked.includes(index));
    const [some, rest] = [this.placesOf(asked), this.placesOf(others)];
    const [there, back] = await Promise.all([
      this.roads.matrix(this.cityId, this.mode, some, this.placesOf(all)),
      this.roads.matrix(this.cityId, this.mode, rest, some),
    ]);
    // After a change all were put on the list anew.
    if (this.closed || this.epoch !== epoch) return;
    this.put(asked, all, there, tenants);
    this.put(others, asked, back, tenants);
    if (there.estimated || back.estimated) this.askAgain(asked, tenants);
    else this.tell();
  }

  private askAgain(asked: readonly number[], tenants: ReadonlyMap<number, number>): void {
    const timer = setTimeout(() => {
      for (const index of asked)
        if (this.places[index] && this.tenant[index] === tenants.get(index))
          this.waiting.add(index);
      this.fetch();
    }, retryMs);
    timer.unref();
  }
}
