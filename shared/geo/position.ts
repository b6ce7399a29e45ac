import { z } from 'zod';

/** A place on WGS-84, in degrees. */
export const positionSchema = z.object({
  lon: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
});
export type Position = z.infer<typeof positionSchema>;

/** One ring, closed or not, of [lon, lat] pairs in degrees; what drawn areas and zones are made of. */
export const polygonSchema = z.object({
  type: z.literal('Polygon'),
  coordinates: z
    .array(
      z
        .array(z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]))
        .min(4)
        .max(2000),
    )
    .min(1)
    .max(50),
});
export type Polygon = z.infer<typeof polygonSchema>;
