// The cheapest place found so far for what is to be inserted.
import { ABSENT } from './tours.ts';

/** How often a place is overlooked, so that the cheapest isn't always taken. */
export const BLINK = 0.01;

export class Place {
  /** By how much the route gets longer. */
  delta = Infinity;
  /** ABSENT for a new route, or for none. */
  route = ABSENT;
  behind = 0;
  /** pdptw: the position behind which the delivery goes, counted before the change. */
  behindDelivery = 0;

  clear(delta: number): void {
    this.delta = delta;
    this.route = ABSENT;
  }

  /** Gives `delta` back. */
  take(delta: number, route: number, behind: number, behindDelivery: number): number {
    this.delta = delta;
    this.route = route;
    this.behind = behind;
    this.behindDelivery = behindDelivery;
    return delta;
  }
}
