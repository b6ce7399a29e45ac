import { z } from 'zod';
import { idSchema } from '../wire.ts';

/** A vehicle's tracker or a phone app in the background that reports for a team, by the key in its address. */
export interface TrackerView {
  id: string;
  teamId: string;
  label: string;
  /** whoever has it can report for the team; null for those who may not hand it out */
  deviceKey: string | null;
  createdAt: string;
  lastHeardAt: string | null;
  batteryPercent: number | null;
}
export const trackerDraftSchema = z.object({
  id: idSchema,
  teamId: idSchema,
  label: z.string().trim().min(1).max(60),
});
export type TrackerDraft = z.infer<typeof trackerDraftSchema>;
