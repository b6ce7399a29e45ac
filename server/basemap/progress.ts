/** Tells a person at a terminal how far it is: a bar that redraws, or plain lines elsewhere. */
export interface Progress {
  step(label: string): void;
  /** @param fraction 0…1 of the current step */
  at(fraction: number): void;
  note(text: string): void;
  end(): void;
}

const WIDTH = 28;
const LINE_EVERY_MS = 2000;

export const silentProgress: Progress = { step() {}, at() {}, note() {}, end() {} };

export function terminalProgress(stream: NodeJS.WriteStream): Progress {
  let label = '';
  let started = Date.now();
  let lastDrawn = 0;
  const seconds = (): string => ((Date.now() - started) / 1000).toFixed(1);
  const clear = (): void => {
    if (stream.isTTY) stream.write('\r\u001b[K');
  };
  const finishStep = (): void => {
    if (!label) return;
    clear();
    stream.write(`  ${label}: ${seconds()} s\n`);
    label = '';
  };
  return {
    step(next) {
      finishStep();
      label = next;
      started = Date.now();
      lastDrawn = started;
      if (stream.isTTY) stream.write(`  ${label} …`);
    },
    at(fraction) {
      const now = Date.now();
      if (now - lastDrawn < (stream.isTTY ? 80 : LINE_EVERY_MS)) return;
      lastDrawn = now;
      const percent = `${Math.round(Math.min(1, fraction) * 100)} %`;
      if (!stream.isTTY) {
        stream.write(`  ${label}: ${percent}\n`);
        return;
      }
      const full = Math.round(Math.min(1, fraction) * WIDTH);
      stream.write(
        `\r\u001b[K  ${label} ${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${percent}`,
      );
    },
    note(text) {
      clear();
      stream.write(`  ${text}\n`);
    },
    end: finishStep,
  };
}
