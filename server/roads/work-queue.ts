/** Lets a few questions run at once, the small ones first, so that a new place never waits for a whole table. */
export class WorkQueue {
  private readonly slots: number;
  private readonly slotsForLarge: number;
  private readonly small: (() => void)[] = [];
  private readonly large: (() => void)[] = [];
  private running = 0;
  private runningLarge = 0;

  /** @param slots how many run at once; one less for large ones */
  constructor(slots: number) {
    this.slots = slots;
    this.slotsForLarge = Math.max(1, slots - 1);
  }

  run<T>(isLarge: boolean, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const start = (): void => {
        this.running += 1;
        if (isLarge) this.runningLarge += 1;
        void work()
          .then(resolve, reject)
          .finally(() => {
            this.running -= 1;
            if (isLarge) this.runningLarge -= 1;
            this.next();
          });
      };
      (isLarge ? this.large : this.small).push(start);
      this.next();
    });
  }

  private next(): void {
    while (this.running < this.slots && this.small.length > 0) this.small.shift()!();
    while (
      this.running < this.slots &&
      this.runningLarge < this.slotsForLarge &&
      this.large.length > 0
    )
      this.large.shift()!();
  }
}
