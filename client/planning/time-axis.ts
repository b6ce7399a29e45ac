/** Where a moment lies on the axis of the lanes. Times in ms since 1970, places in parts of the axis' length (0…1). */
export interface Axis {
  from: number;
  to: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export const axisHours = [2, 4, 8] as const;
export type AxisHours = (typeof axisHours)[number];

/** A sixteenth of it is past, so that who is on the scene now is still in sight. */
export function axisOf(now: number, hours: AxisHours): Axis {
  return { from: now - (hours * hourMs) / 16, to: now + hours * hourMs };
}

export const shareOf = (axis: Axis, at: number): number => (at - axis.from) / (axis.to - axis.from);

export const momentAt = (axis: Axis, share: number): number =>
  axis.from + share * (axis.to - axis.from);

/** Null when nothing of it lies on the axis. */
export function spanOf(
  axis: Axis,
  from: number,
  to: number,
): { left: number; width: number } | null {
  const left = Math.max(0, shareOf(axis, from));
  const right = Math.min(1, shareOf(axis, to));
  return right < 0 || left > 1 || right < left ? null : { left, width: right - left };
}

/** Full hours, or parts of them, that fit an axis: five to nine. */
export function ticksOf(axis: Axis, hours: AxisHours): number[] {
  const step = hours === 2 ? 15 * minuteMs : hours === 4 ? 30 * minuteMs : hourMs;
  const ticks: number[] = [];
  for (let at = Math.ceil(axis.from / step) * step; at <= axis.to; at += step) ticks.push(at);
  return ticks;
}

export const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;
