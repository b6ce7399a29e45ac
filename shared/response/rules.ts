import type { ColdNight } from '../key-points/due.ts';
import type { ActivationView, NightDraft, ResponseLevel } from './schema.ts';

const levelOrder: Record<ResponseLevel, number> = { blue: 1, yellow: 2, orange: 3, red: 4 };
export const isHigher = (level: ResponseLevel, than: ResponseLevel): boolean =>
  levelOrder[level] > levelOrder[than];

/** In force, and no drill: what counts for people outside. */
export const isReal = (activation: ActivationView | null): activation is ActivationView =>
  activation !== null && activation.endedAt === null && !activation.drill;

/** What the night in force multiplies the intervals of cold nights with; null on a night that isn't one. */
export const coldNightOf = (activation: ActivationView | null): ColdNight =>
  isReal(activation) ? (activation.effects?.keyPointFactor ?? 1) : null;

/** The same declaration again (a second click, a resend) is no change of level. */
export function saysTheSame(
  inForce: ActivationView,
  next: Omit<NightDraft, 'proposalId'>,
): boolean {
  // The row keeps single precision, as the sky does.
  const alike = (a: number, b: number) => Math.fround(a) === Math.fround(b);
  return (
    inForce.level === next.level &&
    alike(inForce.temperatureCelsius, next.temperatureCelsius) &&
    alike(inForce.windKmh, next.windKmh) &&
    inForce.note === next.note &&
    inForce.drill === next.drill &&
    inForce.untilAt === next.untilAt
  );
}
