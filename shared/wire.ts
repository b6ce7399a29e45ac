import { z } from 'zod';

/**
 * Times travel as ISO-8601 in UTC with milliseconds; one with another offset or precision is brought to that.
 * Years of less or more than four digits are none that anybody means, and some of them no database takes.
 */
export const instantSchema = z.iso
  .datetime({ offset: true })
  .refine((text) => Date.parse(text) >= Date.UTC(1000, 0) && Date.parse(text) < Date.UTC(10_000, 0))
  .transform((text) => new Date(text).toISOString());
export const idSchema = z.uuid();
export const citySlugSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{1,39}$/);
