/** Apart from the schemas, so that a screen that lists them need not load the checker. */
export const agencies = [
  'civil_affairs',
  'police',
  'urban_management',
  'health',
  'volunteer',
  'other',
] as const;
