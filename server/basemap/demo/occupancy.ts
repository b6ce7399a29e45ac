/** Which ground is taken, on a 4 m raster: buildings keep clear of streets, water and each other. */
import { HALF_HEIGHT, HALF_WIDTH } from './plan.ts';
import type { Point } from './plan.ts';

const CELL = 4;
const COLUMNS = Math.ceil((2 * HALF_WIDTH) / CELL) + 40;
const ROWS = Math.ceil((2 * HALF_HEIGHT) / CELL) + 40;

export class Occupancy {
  private readonly taken = new Uint8Array(COLUMNS * ROWS);

  private column(u: number): number {
    return Math.floor((u + HALF_WIDTH) / CELL) + 20;
  }

  private row(v: number): number {
    return Math.floor((v + HALF_HEIGHT) / CELL) + 20;
  }

  markLine(points: Point[], halfWidth: number): void {
    points.forEach((point, i) => {
      const before = points[i - 1];
      if (!before) return;
      const steps = Math.ceil(Math.hypot(point[0] - before[0], point[1] - before[1]) / CELL);
      for (let k = 0; k <= steps; k++) {
        const u = before[0] + ((point[0] - before[0]) * k) / Math.max(1, steps);
        const v = before[1] + ((point[1] - before[1]) * k) / Math.max(1, steps);
        this.markBox(u - halfWidth, v - halfWidth, u + halfWidth, v + halfWidth);
      }
    });
  }

  markBox(u0: number, v0: number, u1: number, v1: number): void {
    const first = Math.max(0, this.column(u0));
    const last = Math.min(COLUMNS - 1, this.column(u1));
    for (let row = Math.max(0, this.row(v0)); row <= Math.min(ROWS - 1, this.row(v1)); row++) {
      this.taken.fill(1, row * COLUMNS + first, row * COLUMNS + last + 1);
    }
  }

  isFree(u0: number, v0: number, u1: number, v1: number): boolean {
    const first = this.column(u0);
    const last = this.column(u1);
    if (first < 0 || last >= COLUMNS || this.row(v0) < 0 || this.row(v1) >= ROWS) return false;
    for (let row = this.row(v0); row <= this.row(v1); row++) {
      for (let column = first; column <= last; column++)
        if (this.taken[row * COLUMNS + column]) return false;
    }
    return true;
  }
}
