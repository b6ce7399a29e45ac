// Where a pickup and its delivery fit best into a route. Most places are ruled out by bounds: the detour
// to both is never shorter than the detours to each alone.
import { BLINK } from './place.ts';
import type { Place } from './place.ts';
import type { Random } from './random.ts';
import type { Tours } from './tours.ts';

export class PairPlaces {
  readonly #tours: Tours;
  readonly #random: Random;
  readonly #place: Place;
  /** By position in the route: the least detour to the delivery there or later. */
  readonly #atLeast: Float64Array;
  /** By position in the route: the detour to the pickup. */
  readonly #detours: Float64Array;

  constructor(tours: Tours, random: Random, place: Place) {
    this.#tours = tours;
    this.#random = random;
    this.#place = place;
    this.#detours = new Float64Array(tours.stride + 1);
    this.#atLeast = new Float64Array(tours.stride + 1);
  }

  // Longer than the house likes: one pass over both places, with all that must hold on the way.
  try(pickup: number, delivery: number, r: number): void {
    const tours = this.#tours;
    const place = this.#place;
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
    if (this.#boundPickup(pickup, base, firstPickup, lastPickup, room) >= this.#place.delta) return;
    this.#boundDelivery(delivery, base, firstPickup, lastDelivery, end);
    let best = place.delta;
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
        best = place.take(delta, r, p, p);
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
            best = place.take(delta, r, p, q);
        }
        time += leg[q]!;
      }
    }
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
}
