/** Where this team is: for its map and its distances, for the others, and for the track of its shift. */
import { useEffect, useMemo, useRef } from 'react';
import type { CityView } from '../../shared/cities/schema.ts';
import type { Going } from '../../shared/patrols/nearby.ts';
import type { TeamView } from '../../shared/patrols/schema.ts';
import type { ShiftView } from '../../shared/shifts/schema.ts';
import type { TrackPoint } from '../../shared/tracks/schema.ts';
import { useSession } from '../kernel/session.tsx';
import { isInCity } from '../patrols/own-position.ts';
import { usePatrols } from '../patrols/store.ts';
import { useOwnPosition, useSentPosition } from '../patrols/use-own-position.ts';
import { motionBetween, trackPointOf } from '../tracks/track-point.ts';
import { useHiddenGap } from '../tracks/use-hidden-gap.ts';
import { useRecorder } from '../tracks/use-recorder.ts';
import { useWakeLock } from '../tracks/use-wake-lock.ts';
import { standAt } from './here.ts';
import { keepPlace } from './last-place.ts';
import { useActOrThrow } from './use-act.ts';

/** A stop at a light or at somebody's side doesn't make a driver a walker. */
const rememberedMs = 5 * 60_000;

/** How they move: as in the last minutes, and until that is known by whether there is a vehicle. */
function useGoing(point: TrackPoint | null, shift: ShiftView | null): Going {
  const last = useRef<TrackPoint | null>(null);
  const moved = useRef<{ going: Going; at: number } | null>(null);
  if (point !== null && point !== last.current) {
    const motion = last.current === null ? 'standing' : motionBetween(last.current, point);
    const before = moved.current;
    const stillDriving =
      motion === 'walking' && before?.going === 'driving' && point[0] - before.at < rememberedMs;
    if (motion !== 'standing' && !stillDriving) moved.current = { going: motion, at: point[0] };
    last.current = point;
  }
  return moved.current?.going ?? (shift !== null && shift.vehicle === '' ? 'walking' : 'driving');
}

export function useWhereabouts(city: CityView, team: TeamView, shift: ShiftView | null) {
  const { session } = useSession();
  const act = useActOrThrow();
  const { fix, again } = useOwnPosition();
  const heard = usePatrols((store) => store.positions);
  const found = fix.state === 'found' ? fix : null;
  const elsewhere = found !== null && !isInCity(found.report.position, city.bounds);
  const usable = elsewhere ? null : found;
  const onShift = shift !== null;
  useSentPosition(usable?.report ?? null, onShift);
  const point = useMemo(
    () => (usable === null ? null : trackPointOf(usable.coords, usable.atMs)),
    [usable],
  );
  useRecorder({
    on: onShift,
    ownerId: session?.user.id ?? null,
    point,
    send: (points) => act({ kind: 'track.points', points }),
  });
  const wake = useWakeLock(onShift);
  const { gap, dismiss } = useHiddenGap(onShift);
  const positions = useMemo(() => {
    if (usable === null) return heard;
    const { position, ...rest } = usable.report;
    return new Map(heard).set(team.id, { teamId: team.id, ...position, ...rest });
  }, [heard, usable, team.id]);
  const own = positions.get(team.id) ?? null;
  const measured = usable !== null;
  useEffect(() => standAt(own, measured), [own, measured]);
  useEffect(() => {
    if (measured && own !== null) keepPlace(own);
  }, [own, measured]);
  return {
    whereabouts: {
      fix,
      elsewhere,
      again,
      wake,
      gap: gap && { lengthMs: gap.to - gap.from, dismiss },
    },
    positions,
    going: useGoing(point, shift),
  };
}
