/** How long somebody stays signed in, and what may not be done to an account. */
import type { Role } from './schema.ts';

const hour = 3600;
const staffSeconds = 12 * hour;
const reporterSeconds = 30 * 24 * hour;

/** Seconds without a call after which a session ends; reporters use their own phone. */
export const sessionSeconds = (role: Role): number =>
  role === 'reporter' ? reporterSeconds : staffSeconds;

/** A session is written again only when this share of its time has passed, not on every call. */
const slideShare = 1 / 24;
export function shouldSlide(role: Role, expiresAt: string, now: number): boolean {
  const whole = sessionSeconds(role) * 1000;
  return Date.parse(expiresAt) - now < whole * (1 - slideShare);
}

interface Standing {
  role: Role;
  disabled: boolean;
}
/** A city without an administrator can only be helped from a shell. */
export function losesLastAdministrator(
  before: Standing,
  after: Standing,
  otherActiveAdministrators: number,
): boolean {
  const administers = ({ role, disabled }: Standing) => role === 'administrator' && !disabled;
  return administers(before) && !administers(after) && otherActiveAdministrators === 0;
}

/** Who was signed in with other rights has to sign in again. */
export const endsSessions = (before: Standing, after: Standing): boolean =>
  after.disabled || before.role !== after.role;
