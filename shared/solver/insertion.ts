// Greedy insertion with blinks (Christiaens and Vanden Berghe 2020): stops come back one by one at the
// cheapest feasible place, of which each is overlooked now and then.
import type { Random } from './random.ts';
import { ABSENT } from './tours.ts';
import type { Tours } from './tours.ts';

const BLINK = 0.01;
/** How often each order is taken: by chance, demand, far first, near first, narrow window, early, late. */
const ORDER_WEIGHTS = [4, 4, 2, 1, 2, 2, 2];
/** With more routes than this only those of near stops are tried first. */
const FEW_ROUTES = 8;
const NEAR_STOPS = 40;

export class Insertion {
  readonly #tours: Tours;
  readonly #random: Random;
  readonly #keys: Float64Array;
  readonly #candidates: Int32Array;
  readonly #round: Int32Array;
  #rounds = 0;
  /** The most routes to use. */
  limit: number;
  /** Whether a new route is as good as any other place; otherwise it is opened where nothing else is left. */
  opensFreely: boolean;
  readonly #atLeast: Float64Array;
  readonly #detours: Float64Array;
  #best = 0;
  #bestRoute = 0;
  #bestBehind = 0;
  #bestBehindDelivery = 0;

  constructor(tours: Tours, random: Random) {
    this.#tours = tours;
    this.#random = random;
    this.#keys = new Float64Array(tours.problem.size);
    this.#candidates = new Int32Array(Math.max(1, tours.problem.maxRoutes));
    this.#round = new Int32Array(Math.max(1, tours.problem.maxRoutes));
    this.#detours = new Float64Array(tours.stride + 1);
    this.#atLeast = new Float64Array(tours.stride + 1);
    this.limit = tours.problem.maxRoutes;
    this.opensFreely = true;
  }

  /** Brings back what is in the bank; what finds no place stays in it, at its front. The new count. */
  all(bank: Int32Array, count: number): number {
    this.#sort(bank, count);
    let left = 0;
    for (let k = 0; k < count; k++) if (!this.one(bank[k]!)) bank[left++] = bank[k]!;
    return left;
  }

  /** False when there is no place for it. */
  one(stop: number): boolean {
    const tours = this.#tours;
    const { distance, size, instance } = tours.problem;
    const delivery = instance.deliveryOf[stop]!;
    const mayOpen = tours.usedCount < this.limit;
    this.#best = Infinity;
    this.#bestRoute = ABSENT;
    if (mayOpen && this.opensFreely)
      this.#best =
        delivery === 0
          ? 2 * distance[stop]!
          : distance[stop]! + distance[stop * size + delivery]! + distance[delivery]!;
    const opening = this.#best;
    const few = this.#chooseNear(stop);
    if (few > 0) this.#tryAll(stop, delivery, this.#candidates, few);
    if (this.#bestRoute === ABSENT && (few === 0 || opening === Infinity))
      this.#tryAll(stop, delivery, tours.used, tours.usedCount);
    let r = this.#bestRoute;
    if (r === ABSENT) {
      if (!mayOpen) return false;
      r = tours.open();
      this.#bestBehind = r * tours.stride;
      this.#bestBehindDelivery = this.#bestBehind;
    }
    if (delivery === 0) tours.insert(r, this.#bestBehind, stop);
    else tours.insertPair(r, this.#bestBehind, stop, this.#bestBehindDelivery, delivery);
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
    else for (let k = 0; k < count; k++) this.#tryPair(stop, delivery, routes[k]!);
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
    let best = this.#best;
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
        best = delta;
        this.#bestRoute = r;
        this.#bestBehind = p;
      }
    }
    this.#best = best;
  }

  /** For each of these positions the detour to the pickup alone, Infinity where it can't be. The shortest. */
  #boundPickup(pickup: number, base: number, from: number, to: number, room: number): number {
    const { stops, leave, leg, aboard } = this.#tours;
    const { size, distance, instance } = this.#tours.problem;
    const due = instance.due[pickup]!;
    const row = pickup * size;
    const detours = this.#detours;
    let least = Infinity;
    let into = distance[row + stops[from]!]!;
    for (let p = from; p <= to; p++) {
      const out = distance[row + stops[p + 1]!]!;
      let detour = Infinity;
      if (aboard[p]! <= room && leave[p]! + into <= due) {
        detour = into + out - leg[p]!;
        if (detour < least) least = detour;
      }
      detours[p - base] = detour;
      into = out;
    }
    return least;
  }

  /**
   * For each position from `from` the shortest detour to the delivery from there or later, were the pickup
   * not on the way: never longer than with it, so that most places of the pickup need no second look.
   */
  #boundDelivery(delivery: number, base: number, from: number, to: number, last: number): void {
    const { stops, leave, late, leg } = this.#tours;
    const { size, distance, instance } = this.#tours.problem;
    const ready = instance.ready[delivery]!;
    const due = instance.due[delivery]!;
    const service = instance.service[delivery]!;
    const row = delivery * size;
    const atLeast = this.#atLeast;
    let least = Infinity;
    for (let q = to + 1; q <= last; q++) atLeast[q - base] = Infinity;
    let out = distance[row + stops[to + 1]!]!;
    for (let q = to; q >= from; q--) {
      const into = distance[row + stops[q]!]!;
      const delta = into + out - leg[q]!;
      if (delta < least) {
        let time = leave[q]! + into;
        if (time <= due) {
          if (time < ready) time = ready;
          if (time + service + out <= late[q + 1]!) least = delta;
        }
      }
      out = into;
      atLeast[q - base] = least;
    }
  }

  // Longer than the house likes: one pass over both places, with all that must hold on the way.
  #tryPair(pickup: number, delivery: number, r: number): void {
    const tours = this.#tours;
    const { stops, leave, late, leg, aboard } = tours;
    const { size, distance, instance } = tours.problem;
    const { ready, due, service, demand } = instance;
    const room = instance.capacity - demand[pickup]!;
    const [pickupRow, deliveryRow] = [pickup * size, delivery * size];
    const straight = distance[pickupRow + delivery]!;
    const [pickupReady, pickupDue, pickupService] = [
      ready[pickup]!,
      due[pickup]!,
      service[pickup]!,
    ];
    const [deliveryReady, deliveryDue, deliveryService] = [
      ready[delivery]!,
      due[delivery]!,
      service[delivery]!,
    ];
    const base = r * tours.stride;
    const end = base + tours.length[r]!;
    const atLeast = this.#atLeast;
    const lastPickup = this.#lastLeaving(base, end, pickupDue);
    const firstPickup = this.#firstLate(base, end, pickupReady + pickupService);
    const lastDelivery = this.#lastLeaving(base, end, deliveryDue);
    if (firstPickup > lastPickup || lastDelivery < firstPickup) return;
    if (this.#boundPickup(pickup, base, firstPickup, lastPickup, room) >= this.#best) return;
    this.#boundDelivery(delivery, base, firstPickup, lastDelivery, end);
    let best = this.#best;
    const detours = this.#detours;
    for (let p = firstPickup; p <= lastPickup; p++) {
      const first = detours[p - base]!;
      if (first >= best) continue;
      const next = stops[p + 1]!;
      const toPickup = distance[pickupRow + stops[p]!]!;
      const out = distance[pickupRow + next]!;
      let time = leave[p]! + toPickup;
      if (time < pickupReady) time = pickupReady;
      time += pickupService;
      const arrival = time + straight;
      if (arrival > deliveryDue) break;
      // Right behind the pickup.
      const onward = distance[deliveryRow + next]!;
      const delta = toPickup + straight + onward - leg[p]!;
      if (
        delta < best &&
        (arrival < deliveryReady ? deliveryReady : arrival) + deliveryService + onward <=
          late[p + 1]! &&
        this.#random.next() >= BLINK
      )
        best = this.#remember(delta, r, p, p);
      // Further on: `time` is the arrival at q.
      time += out;
      for (let q = p + 1; q <= end && first + atLeast[q - base]! < best; q++) {
        if (time > late[q]! || aboard[q]! > room) break;
        const stop = stops[q]!;
        if (time < ready[stop]!) time = ready[stop]!;
        time += service[stop]!;
        const there = distance[deliveryRow + stop]!;
        let then = time + there;
        if (then > deliveryDue) break;
        const back = distance[deliveryRow + stops[q + 1]!]!;
        const delta = first + there + back - leg[q]!;
        if (delta < best) {
          if (then < deliveryReady) then = deliveryReady;
          if (then + deliveryService + back <= late[q + 1]! && this.#random.next() >= BLINK)
            best = this.#remember(delta, r, p, q);
        }
        time += leg[q]!;
      }
    }
    this.#best = best;
  }

  /** The last position that the vehicle leaves by then; before `base` where there is none. */
  #lastLeaving(base: number, end: number, time: number): number {
    const { leave } = this.#tours;
    let [low, high] = [base - 1, end];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (leave[middle]! <= time) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The first position behind which the next stop may be reached as late as that. */
  #firstLate(base: number, end: number, time: number): number {
    const { late } = this.#tours;
    let [low, high] = [base, end + 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (late[middle + 1]! >= time) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #remember(delta: number, r: number, behind: number, behindDelivery: number): number {
    this.#bestRoute = r;
    this.#bestBehind = behind;
    this.#bestBehindDelivery = behindDelivery;
    return delta;
  }

  #sort(bank: Int32Array, count: number): void {
    const { instance, distance } = this.#tours.problem;
    const { demand, ready, due } = instance;
    const keys = this.#keys;
    const random = this.#random;
    const order = pick(random.next());
    for (let k = 0; k < count; k++) {
      const stop = bank[k]!;
      keys[k] =
        order === 0
          ? random.next()
          : order === 1
            ? -demand[stop]!
            : order === 2
              ? -distance[stop]!
              : order === 3
                ? distance[stop]!
                : order === 4
                  ? due[stop]! - ready[stop]!
                  : order === 5
                    ? ready[stop]!
                    : -due[stop]!;
    }
    for (let k = 1; k < count; k++) {
      const [key, stop] = [keys[k]!, bank[k]!];
      let at = k;
      for (; at > 0 && keys[at - 1]! > key; at--) {
        keys[at] = keys[at - 1]!;
        bank[at] = bank[at - 1]!;
      }
      keys[at] = key;
      bank[at] = stop;
    }
  }
}

const ALL_WEIGHTS = ORDER_WEIGHTS.reduce((sum, weight) => sum + weight, 0);

function pick(chance: number): number {
  let left = chance * ALL_WEIGHTS;
  let order = 0;
  while (order < ORDER_WEIGHTS.length - 1 && left >= ORDER_WEIGHTS[order]!)
    left -= ORDER_WEIGHTS[order++]!;
  return order;
}
