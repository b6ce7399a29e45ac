/** Positions by node id in 16 bytes a node; ids may arrive in any order. */
import type { Bounds } from '../../shared/basemap/schema.ts';

export class NodeTable {
  size = 0;
  private ids = new Float64Array(1 << 16);
  private lons = new Int32Array(1 << 16);
  private lats = new Int32Array(1 << 16);
  private sorted = true;

  add(id: number, lonE7: number, latE7: number): void {
    if (this.size === this.ids.length) this.grow();
    if (this.size > 0 && id <= (this.ids[this.size - 1] ?? 0)) this.sorted = false;
    this.ids[this.size] = id;
    this.lons[this.size] = lonE7;
    this.lats[this.size] = latE7;
    this.size++;
  }

  /** To be called once after the last `add`. */
  finish(): void {
    if (this.sorted) return;
    const order = Uint32Array.from({ length: this.size }, (_, i) => i);
    const ids = this.ids;
    order.sort((a, b) => (ids[a] ?? 0) - (ids[b] ?? 0));
    this.ids = Float64Array.from(order, (i) => ids[i] ?? 0);
    const { lons, lats } = this;
    this.lons = Int32Array.from(order, (i) => lons[i] ?? 0);
    this.lats = Int32Array.from(order, (i) => lats[i] ?? 0);
    this.sorted = true;
  }

  /** Index of a node, or −1. */
  find(id: number): number {
    let low = 0;
    let high = this.size - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const value = this.ids[middle] ?? 0;
      if (value === id) return middle;
      if (value < id) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  id(index: number): number {
    return this.ids[index] ?? 0;
  }

  lon(index: number): number {
    return (this.lons[index] ?? 0) / 1e7;
  }

  lat(index: number): number {
    return (this.lats[index] ?? 0) / 1e7;
  }

  /** The box around all but the outermost 0.2 % of the points on each side, a little widened. */
  usualBounds(): Bounds {
    const [west, east] = middleRange(this.lons.slice(0, this.size));
    const [south, north] = middleRange(this.lats.slice(0, this.size));
    const round = (value: number): number => Math.round(value) / 1e7;
    const padLon = Math.max(1e4, (east - west) * 0.02);
    const padLat = Math.max(1e4, (north - south) * 0.02);
    return [
      round(Math.max(-1.8e9, west - padLon)),
      round(Math.max(-0.9e9, south - padLat)),
      round(Math.min(1.8e9, east + padLon)),
      round(Math.min(0.9e9, north + padLat)),
    ];
  }

  private grow(): void {
    const grown = <T extends Float64Array | Int32Array>(into: T, from: T): T => {
      into.set(from);
      return into;
    };
    this.ids = grown(new Float64Array(this.size * 2), this.ids);
    this.lons = grown(new Int32Array(this.size * 2), this.lons);
    this.lats = grown(new Int32Array(this.size * 2), this.lats);
  }
}

function middleRange(values: Int32Array): [number, number] {
  values.sort();
  const cut = Math.floor(values.length * 0.002);
  return [values[cut] ?? 0, values[values.length - 1 - cut] ?? 0];
}
