import { z } from 'zod';

export const responseLevels = ['blue', 'yellow', 'orange', 'red'] as const;
export type ResponseLevel = (typeof responseLevels)[number];

/** No thermometer says more, and the database's single precision holds no smaller difference. */
const toTenths = (value: number): number => Math.round(value * 10) / 10;

export const declareNightSchema = z.object({
  level: z.enum(responseLevels),
  temperatureCelsius: z.number().min(-80).max(50).transform(toTenths),
  windKmh: z.number().min(0).max(300).transform(toTenths),
  note: z.string().max(500),
});

/** The cold night in force, or the one that just ended. */
export interface ActivationView {
  id: string;
  level: ResponseLevel;
  temperatureCelsius: number;
  windKmh: number;
  feltCelsius: number;
  note: string;
  declaredAt: string;
  endedAt: string | null;
}
