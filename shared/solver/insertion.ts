// Greedy insertion with blinks (Christiaens and Vanden Berghe 2020): stops come back one by one at the
// cheapest feasible place, of which each is overlooked now and then.
import { BankOrder } from './bank-order.ts';
import { PairPlaces } from './pair-places.ts';
import { BLINK, Place } from './place.ts';
import type { Random } from './random.ts';
import { ABSENT } from './tours.ts';
import type { Tours } from './tours.ts';

/** With more routes than this only those of near stops are tried first. */
const FEW_ROUTES = 25;
const NEAR_STOPS = 40;

export class Insertion {
  readonly #tours: Tours;
  readonly #random: Random;
  readonly #order: BankOrder;
  readonly #place = new Place();
  readonly #pairs: PairPlaces;
  readonly #candidates: Int32Array;
  readonly #round: Int32Array;
  #rounds = 0;
  /** The most routes to use. */
  limit: number;
  /** Whether a new route is as good as any other place; otherwise it is opened where nothing else is left. */
  opensFreely: boolean;

  constructor(tours: Tours, random: Random) {
    this.#tours = tours;
    this.#random = random;
    this.#order = new BankOrder(tours.problem, random);
    this.#pairs = new PairPlaces(tours, random, this.#place);
    this.#candidates = new Int32Array(Math.max(1, tours.problem.maxRoutes));
    this.#round = new Int32Array(Math.max(1, tours.problem.maxRoutes));
    this.limit = tours.problem.maxRoutes;
    this.opensFreely = true;
  }

  /** Brings back what is in the bank; what finds no place stays in it, at its front. The new count. */
  all(bank: Int32Array, count: number): number {
    this.#order.sort(bank, count);
    let left = 0;
    for (let k = 0; k < count; k++) if (!this.#one(bank[k]!)) bank[left++] = bank[k]!;
    return left;
  }

  /** False when there is no place for it. */
  #one(stop: number): boolean {
    const tours = this.#tours;
    const { distance, size, instance } = tours.problem;
    const delivery = instance.deliveryOf[stop]!;
    const mayOpen = tours.usedCount < this.limit;
    const opening =
      !mayOpen || !this.opensFreely
        ? Infinity
        : delivery === 0
          ? 2 * distance[stop]!
          : distance[stop]! + distance[stop * size + delivery]! + distance[delivery]!;
    const place = this.#place;
    place.clear(opening);
    const few = this.#chooseNear(stop);
    if (few > 0) this.#tryAll(stop, delivery, this.#candidates, few);
    if (place.route === ABSENT && (few === 0 || opening === Infinity))
      this.#tryAll(stop, delivery, tours.used, tours.usedCount);
    if (place.route === ABSENT) {
      if (!mayOpen) return false;
      const r = tours.open();
      place.take(opening, r, r * tours.stride, r * tours.stride);
    }
    if (delivery === 0) tours.insert(place.route, place.behind, stop);
    else tours.insertPair(place.route, place.behind, stop, place.behindDelivery, delivery);
    return true;
  }

  /** The routes of the stops near this one, or 0 where all are to be tried. */
  #chooseNear(stop: number): number {
    const tours = this.#tours;
    if (tours.usedCount <= FEW_ROUTES) return 0;
    const { nearest, near } = tours.problem;
    const round = ++this.#rounds;
    let count = 0;
    const until = stop * near + Math.min(near, NEAR_STOPS);
    for (let k = stop * near; k < until; k++) {
      const r = tours.routeOf[nearest[k]!]!;
      if (r === ABSENT || this.#round[r] === round) continue;
      this.#round[r] = round;
      this.#candidates[count++] = r;
    }
    return count;
  }

  #tryAll(stop: number, delivery: number, routes: Int32Array, count: number): void {
    if (delivery === 0) this.#tryStop(stop, routes, count);
    else for (let k = 0; k < count; k++) this.#pairs.try(stop, delivery, routes[k]!);
  }

  #tryStop(stop: number, routes: Int32Array, count: number): void {
    const tours = this.#tours;
    const { stops, leave, late, leg, stride } = tours;
    const { size, distance, instance } = tours.problem;
    const ready = instance.ready[stop]!;
    const due = instance.due[stop]!;
    const service = instance.service[stop]!;
    const room = instance.capacity - instance.demand[stop]!;
    const row = stop * size;
    const place = this.#place;
    let best = place.delta;
    for (let k = 0; k < count; k++) {
      const r = routes[k]!;
      if (tours.load[r]! > room) continue;
      const base = r * stride;
      const end = base + tours.length[r]!;
      let into = distance[row]!;
      for (let p = base; p <= end; p++) {
        const out = distance[row + stops[p + 1]!]!;
        let time = leave[p]! + into;
        if (time > due) break;
        const delta = into + out - leg[p]!;
        into = out;
        if (delta >= best) continue;
        if (time < ready) time = ready;
        if (time + service + out > late[p + 1]!) continue;
        if (this.#random.next() < BLINK) continue;
        best = place.take(delta, r, p, p);
      }
    }
  }
}
