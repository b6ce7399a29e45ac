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
