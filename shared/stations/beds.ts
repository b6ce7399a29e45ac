/** Apart from the schemas, so that a screen that lists them need not load the checker. */
export const bedKinds = [
  'men',
  'women',
  'family',
  'minors',
  'isolation',
  'wheelchair',
  // anybody's: where a station doesn't tell its places apart
  'general',
] as const;
