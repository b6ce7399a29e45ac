/** A team's own shift as its tablet knows it: what the server said, and what was done since that it hasn't heard. */
import type { FieldAction } from '../field/schema.ts';
import type { ShiftDraft, ShiftView } from './schema.ts';

const minuteMs = 60_000;
const dueAfter = (at: string, minutes: number | null): string | null =>
  minutes === null ? null : new Date(Date.parse(at) + minutes * minuteMs).toISOString();

function started(draft: ShiftDraft, teamId: string, at: string): ShiftView {
  return {
    id: draft.id,
    teamId,
    areaId: draft.areaId,
    vehicle: draft.vehicle,
    memberCount: draft.members.length,
    agencies: [...new Set(draft.members.map(({ agency }) => agency))],
    startedAt: at,
    endedAt: null,
    checkInMinutes: draft.checkInMinutes,
    lastCheckInAt: at,
    checkInDueAt: dueAfter(at, draft.checkInMinutes),
  };
}

/**
 * The running shift, or null.
 * @param shifts the team's shifts that the server told of, ended ones too
 * @param actions of this device, in order; those the server knows already do nothing
 */
export function runningShift(
  teamId: string,
  shifts: readonly ShiftView[],
  actions: readonly FieldAction[],
): ShiftView | null {
  let running = shifts.find((shift) => shift.teamId === teamId && shift.endedAt === null) ?? null;
  const isOver = (id: string) => shifts.some((shift) => shift.id === id && shift.endedAt !== null);
  for (const action of actions) {
    if (action.kind === 'shift.start') {
      if (action.shift.id !== running?.id && !isOver(action.shift.id))
        running = started(action.shift, teamId, action.at);
    } else if (action.kind === 'shift.end') {
      if (running?.id === action.shiftId) running = null;
    } else if (action.kind === 'shift.checkIn' && running?.id === action.shiftId) {
      if (action.at > running.lastCheckInAt)
        running = {
          ...running,
          lastCheckInAt: action.at,
          checkInDueAt: dueAfter(action.at, running.checkInMinutes),
        };
    }
  }
  return running;
}
