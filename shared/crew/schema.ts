import { z } from 'zod';
import { positionSchema } from '../geo/position.ts';
import { idSchema, instantSchema } from '../wire.ts';

export const alarmKinds = ['sos', 'missed_check_in'] as const;
export type AlarmKind = (typeof alarmKinds)[number];

/** A crew in trouble, or one that was not heard of: open until somebody at the desk ended it. */
export interface AlarmView {
  id: string;
  kind: AlarmKind;
  teamId: string;
  shiftId: string | null;
  raisedAt: string;
  receivedAt: string;
  /** the last place known when it was raised; null = none */
  lon: number | null;
  lat: number | null;
  accuracyMeters: number | null;
  positionedAt: string | null;
  acknowledgedAt: string | null;
  acknowledgedByName: string | null;
  endedAt: string | null;
}

export const sosSchema = z.object({
  id: z.uuidv7(),
  /** what the device knows of its place; null = the server takes the last one it heard */
  place: z
    .object({
      position: positionSchema,
      accuracyMeters: z.number().min(0).max(5000),
      at: instantSchema,
    })
    .nullable(),
});
export type Sos = z.infer<typeof sosSchema>;
export const alarmRefSchema = z.object({ id: idSchema });
export const endAlarmSchema = z.object({ id: idSchema, note: z.string().trim().max(500) });
