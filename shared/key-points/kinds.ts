/** Apart from the schemas, so that a screen that lists them need not load the checker. */
export const keyPointKinds = [
  'underpass',
  'bridge',
  'station',
  'cash_machine',
  'park',
  'heating_vent',
  'hospital',
  'other',
] as const;
