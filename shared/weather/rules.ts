/** What a felt temperature means for somebody outside, and what a declaration changes. */
import type { ActivationView, ResponseLevel } from './schema.ts';

/**
 * Wind-chill bands of Environment Canada, from the upper bound (felt °C) down. Above −10 there is no
 * band, and still most cases of hypothermia (Toronto: 72 % above −15 °C).
 */
export const coldBands = [
  'mild',
  'chill',
  'hypothermia',
  'skin_30',
  'skin_10',
  'skin_5',
  'skin_2',
] as const;
export type ColdBand = (typeof coldBands)[number];
export function coldBand(feltCelsius: number): ColdBand {
  if (feltCelsius > 5) return 'mild';
  if (feltCelsius > -10) return 'chill';
  if (feltCelsius > -28) return 'hypothermia';
  if (feltCelsius > -40) return 'skin_30';
  if (feltCelsius > -48) return 'skin_10';
  if (feltCelsius > -55) return 'skin_5';
  return 'skin_2';
}

const levelOrder: Record<ResponseLevel, number> = { blue: 1, yellow: 2, orange: 3, red: 4 };
export const isHigher = (level: ResponseLevel, than: ResponseLevel): boolean =>
  levelOrder[level] > levelOrder[than];

/** The same declaration again (a second click, a resend) is no change of level. */
export function saysTheSame(
  inForce: ActivationView,
  next: { level: ResponseLevel; temperatureCelsius: number; windKmh: number; note: string },
): boolean {
  // The row keeps single precision, as the sky does.
  const alike = (a: number, b: number) => Math.fround(a) === Math.fround(b);
  return (
    inForce.level === next.level &&
    alike(inForce.temperatureCelsius, next.temperatureCelsius) &&
    alike(inForce.windKmh, next.windKmh) &&
    inForce.note === next.note
  );
}
