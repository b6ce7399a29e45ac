/** Who was on the last shift of this tablet: the next night is mostly the same people. */
import { agencies } from '../../shared/shifts/agencies.ts';
import type { ShiftDraft, ShiftMember } from '../../shared/shifts/schema.ts';
import { readStored, writeStored } from '../kernel/stored.ts';

export type LastCrew = Pick<ShiftDraft, 'members' | 'vehicle' | 'areaId' | 'checkInMinutes'>;
const keyOf = (teamId: string): string => `nuanxun.crew.${teamId}`;

const isMember = (value: unknown): value is ShiftMember => {
  const { name, agency } = (value ?? {}) as Partial<ShiftMember>;
  return typeof name === 'string' && agencies.includes(agency as ShiftMember['agency']);
};

export function readLastCrew(teamId: string): LastCrew | null {
  const kept = readStored(keyOf(teamId)) as Partial<LastCrew> | null;
  if (typeof kept !== 'object' || kept === null || !Array.isArray(kept.members)) return null;
  const members = kept.members.filter(isMember);
  if (members.length === 0) return null;
  const minutes = kept.checkInMinutes;
  return {
    members,
    vehicle: typeof kept.vehicle === 'string' ? kept.vehicle : '',
    areaId: typeof kept.areaId === 'string' ? kept.areaId : null,
    checkInMinutes: typeof minutes === 'number' ? minutes : null,
  };
}

export function keepCrew(teamId: string, { members, vehicle, areaId, checkInMinutes }: LastCrew) {
  writeStored(keyOf(teamId), { members, vehicle, areaId, checkInMinutes });
}
