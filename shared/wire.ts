import { z } from 'zod';

/** Times travel as ISO-8601 in UTC with milliseconds. */
export const instantSchema = z.iso.datetime({ offset: true });
export const idSchema = z.uuid();
export const citySlugSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{1,39}$/);
