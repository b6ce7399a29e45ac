// A routing problem as its file states it: columns of numbers, row 0 the depot.

export type InstanceKind = 'vrptw' | 'pdptw';

export interface Instance {
  /** vrptw: goods from the depot to customers. pdptw: each pickup goes to its delivery by the same vehicle. */
  kind: InstanceKind;
  name: string;
  /** The most vehicles there are. */
  vehicles: number;
  capacity: number;
  /** Number in the file of each row; row 0 is the depot. */
  ids: Int32Array;
  x: Float64Array;
  y: Float64Array;
  /** Negative at a delivery of a pdptw. */
  demand: Float64Array;
  /** Service must begin within [ready, due]; the depot's are its opening and closing. */
  ready: Float64Array;
  due: Float64Array;
  service: Float64Array;
  /** Row of the delivery of a pickup, 0 where the row is no pickup. */
  deliveryOf: Int32Array;
  /** Row of the pickup of a delivery, 0 where the row is no delivery. */
  pickupOf: Int32Array;
}

/** The file or its problem is at fault; the message is for the person who gave the file. */
export class InstanceError extends Error {}

/** Routes name customers by their number in the file, without the depot. */
export interface Answer {
  distance: number;
  routes: number[][];
}
