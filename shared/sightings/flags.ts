/** Apart from the schemas, so that a screen that lists them need not load the checker. */
export const vulnerableFlags = [
  'minor',
  'elderly',
  'disabled',
  'limited_mobility',
  'pregnant',
  'ill',
  'injured',
  'mental_disorder',
  'drunk',
  'thinly_dressed',
  'unresponsive',
  'alone',
  'with_infant',
] as const;
export const needs = [
  'coat',
  'quilt',
  'food',
  'hot_water',
  'contact_card',
  'medicine',
  'heat_pack',
  'shelter',
  'ambulance',
] as const;
