/** How far it is: a bar that redraws on a terminal, a line every few seconds elsewhere. */
const width = 28;
const barEveryMs = 100;
const lineEveryMs = 5_000;

export class ProgressLine {
  private readonly stream: NodeJS.WriteStream;
  private readonly total: number;
  private readonly began = Date.now();
  private drawnAt = 0;

  constructor(stream: NodeJS.WriteStream, total: number) {
    this.stream = stream;
    this.total = total;
  }

  /** @param secondsLeft when it is known from the schedule; otherwise told from the rate so far */
  at(done: number, secondsLeft: number | null = null): void {
    const now = Date.now();
    if (now - this.drawnAt < (this.stream.isTTY ? barEveryMs : lineEveryMs)) return;
    this.drawnAt = now;
    const text = describeProgress(done, this.total, (now - this.began) / 1000, secondsLeft);
    if (!this.stream.isTTY) {
      this.stream.write(`  ${text}\n`);
      return;
    }
    const full = this.total === 0 ? width : Math.round((done / this.total) * width);
    this.stream.write(`\r\u001b[K  ${'█'.repeat(full)}${'░'.repeat(width - full)} ${text}`);
  }

  end(): void {
    if (this.stream.isTTY) this.stream.write('\r\u001b[K');
  }
}

export function describeProgress(
  done: number,
  total: number,
  seconds: number,
  secondsLeft: number | null,
): string {
  const rate = seconds > 0 ? done / seconds : 0;
  const left = secondsLeft ?? (rate > 0 ? (total - done) / rate : null);
  const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
  const count = (value: number): string => value.toLocaleString('en');
  return `${count(done)} of ${count(total)} · ${percent} % · ${rate < 10 ? rate.toFixed(1) : count(Math.round(rate))}/s${left === null ? '' : ` · ${clock(left)} left`}`;
}

export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const [hours, minutes, rest] = parts.map((part) => String(part).padStart(2, '0'));
  return parts[0] === 0 ? `${minutes}:${rest}` : `${hours}:${minutes}:${rest}`;
}
