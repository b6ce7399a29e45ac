/**
 * Looks whether a plan keeps the rules of the night, with arithmetic of its own: nothing here is shared with what made
 * the plan. What was sent binds nobody but by its place; a team that is overrun by it is no fault of the plan.
 */
import type { Night, NightJob, NightStation, NightTeam } from './night.ts';
import type { Plan, PlannedLane, PlannedStop } from './plan.ts';

const minuteMs = 60_000;

/** One sentence for each rule that is broken; empty: none. */
export function checkPlan(plan: Plan, night: Night): string[] {
  return [
    ...checkOnce(plan, night),
    ...checkBeds(plan, night),
    ...plan.lanes.flatMap((lane) => checkLane(lane, night)),
  ];
}

function checkOnce(plan: Plan, night: Night): string[] {
  const times = new Map<string, number>();
  const add = (id: string) => times.set(id, (times.get(id) ?? 0) + 1);
  for (const { stops } of plan.lanes)
    for (const stop of stops) if (stop.kind === 'visit') add(stop.jobId);
  plan.unserved.forEach(add);
  const known = new Set<string>(night.jobs.map(({ id }) => id));
  return [
    ...night.jobs
      .filter(({ id }) => times.get(id) !== 1)
      .map(({ id }) => `${id} stands ${times.get(id) ?? 0} times in the plan`),
    ...[...times.keys()].filter((id) => !known.has(id)).map((id) => `${id} is no job`),
    ...night.teams
      .filter(({ id }) => plan.lanes.filter(({ teamId }) => teamId === id).length !== 1)
      .map(({ id }) => `${id} hasn't one lane`),
  ];
}

const sentTask = (night: Night, jobId: string) => {
  for (const team of night.teams)
    for (const task of team.sent) if (task.jobId === jobId) return { team, task };
  return null;
};
/** People the largest vehicle of tonight could take of them; of what was sent those with places, or not aboard yet. */
function peopleOf(night: Night, job: NightJob): number {
  const likely = Math.min(
    job.beds?.places ?? 0,
    night.teams.reduce((most, t) => (t.unable ? most : Math.max(most, t.seats)), 0),
  );
  const sent = sentTask(night, job.id);
  if (!sent) return likely;
  const { task, team } = sent;
  const house = night.stations.find(({ id }) => id === task.hold?.stationId);
  if (task.hold && house?.free[task.hold.kind] !== undefined) return task.hold.places;
  const inside = team.aboard.filter(({ jobId }) => jobId === job.id);
  return Math.max(0, likely - inside.reduce((sum, { people }) => sum + people, 0));
}

function checkBeds(plan: Plan, night: Night): string[] {
  const taken = new Map<string, number>();
  const wrong: string[] = [];
  for (const { stops } of plan.lanes)
    for (const stop of stops) {
      const job = stop.kind === 'visit' && night.jobs.find(({ id }) => id === stop.jobId);
      if (stop.kind !== 'visit' || !stop.bed || !job) continue;
      const { stationId, kind } = stop.bed;
      const station = night.stations.find(({ id }) => id === stationId);
      const hold = sentTask(night, job.id)?.task.hold;
      if (hold && hold.stationId === stationId && hold.kind === kind) continue;
      if (!station?.open) wrong.push(`${job.id}: ${stationId} isn't open`);
      if (!job.beds?.kinds.includes(kind)) wrong.push(`${job.id}: ${kind} doesn't fit`);
      const key = `${stationId} ${kind}`;
      taken.set(key, (taken.get(key) ?? 0) + peopleOf(night, job));
      if (taken.get(key)! > (station?.free[kind] ?? 0)) wrong.push(`${key}: overbooked`);
    }
  return wrong;
}

interface Run {
  night: Night;
  team: NightTeam;
  /** milliseconds since 1970 */
  clock: number;
  place: number;
  rested: boolean;
  /** who sits where they don't belong yet, by house */
  aboard: { house: string; people: number; chair: boolean; proposed: boolean }[];
  visitsAboard: number;
  proposals: number;
  wrong: string[];
}

function checkLane(lane: PlannedLane, night: Night): string[] {
  const team = night.teams.find(({ id }) => id === lane.teamId);
  if (!team) return [`${lane.teamId} is no team`];
  const aboard = team.aboard
    .filter(({ stationId }) => night.stations.some(({ id }) => id === stationId))
    .map(({ stationId, people, wheelchair }) => ({
      house: stationId,
      people,
      chair: wheelchair,
      proposed: false,
    }));
  const run: Run = {
    night,
    team,
    clock: Math.max(night.now, team.freeAt),
    place: team.at,
    rested: false,
    aboard,
    visitsAboard: aboard.length > 0 ? 1 : 0,
    proposals: 0,
    wrong: checkSent(lane, night, team),
  };
  lane.stops.forEach((stop, index) => checkStop(run, stop, index));
  if (run.aboard.length > 0) run.wrong.push(`${team.id}: somebody is never brought to a house`);
  return run.wrong;
}

function checkSent({ stops }: PlannedLane, night: Night, team: NightTeam): string[] {
  const known = new Set<string>(night.jobs.map(({ id }) => id));
  const due = team.sent
    .filter((task) => known.has(task.jobId) && sentTask(night, task.jobId)?.team === team)
    .map(({ jobId }) => jobId);
  const visits = stops.flatMap((stop) => (stop.kind === 'visit' ? [stop.jobId] : []));
  return due.every((id, k) => visits[k] === id) ? [] : [`${team.id}: what was sent isn't first`];
}

function checkStop(run: Run, stop: PlannedStop, index: number): void {
  const { night, team, wrong } = run;
  const from = team.breakFrom;
  if (!run.rested && run.aboard.length === 0 && team.breakMinutes > 0 && from !== null)
    if (run.clock >= from) {
      run.rested = true;
      run.clock += team.breakMinutes * minuteMs;
    }
  if (stop.kind === 'station') {
    const station = night.stations.find(({ id }) => id === stop.stationId);
    if (station) arriveAtHouse(run, station);
    else wrong.push(`${stop.stationId} is no station`);
    return;
  }
  const job = night.jobs.find(({ id }) => id === stop.jobId);
  if (!job) return;
  const task = team.sent.find(({ jobId }) => jobId === job.id);
  if (!(task?.onScene && index === 0)) {
    const seconds = go(run, job.at);
    run.clock = Math.max(run.clock, job.notBefore) + job.serviceMinutes * minuteMs;
    if (!task && seconds === Infinity) wrong.push(`${job.id}: no way there`);
  }
  board(run, job, stop.bed?.stationId ?? null, task !== undefined);
  if (task) return;
  run.proposals++;
  checkAble(run, job);
  if (team.shiftEndsAt !== null && run.clock > team.shiftEndsAt + 1)
    wrong.push(`${job.id}: ${team.id}'s shift is over`);
}

/** @returns seconds of way, as the table says */
function go(run: Run, to: number): number {
  const grid = run.night.travel[run.team.mode];
  const seconds = grid ? grid.seconds[run.place * grid.size + to]! : Infinity;
  run.clock += (seconds === Infinity ? 14_400 : seconds) * 1000;
  run.place = to;
  return seconds;
}

function board(run: Run, job: NightJob, house: string | null, sent: boolean): void {
  const { team, wrong, night } = run;
  if (run.aboard.length > 0) run.visitsAboard++;
  if (house !== null) {
    const chair = job.wheelchair && night.teams.some((t) => t.unable === null && t.wheelchairs > 0);
    const people = peopleOf(night, job);
    run.aboard.push({ house, people, chair, proposed: !sent });
    const seated = run.aboard.reduce((sum, { people }) => sum + people, 0);
    const chairs = run.aboard.filter((seat) => seat.chair).length;
    if (!sent && seated > team.seats) wrong.push(`${job.id}: no seat left`);
    if (!sent && chairs > team.wheelchairs) wrong.push(`${job.id}: no wheelchair seat left`);
  }
  if (!sent && run.aboard.length > 0 && run.visitsAboard > 2)
    wrong.push(`${job.id}: those aboard wait too long`);
}

function checkAble(run: Run, job: NightJob): void {
  const { team, night, wrong } = run;
  if (team.unable !== null) wrong.push(`${job.id}: ${team.id} takes nothing new`);
  if (
    job.pinned &&
    job.pinned.teamId !== team.id &&
    night.teams.some(({ id, unable }) => id === job.pinned!.teamId && unable === null)
  )
    wrong.push(`${job.id}: was put to another team by hand`);
  if (job.pinned?.teamId !== team.id && [...job.dismissed, ...job.declined].includes(team.id))
    wrong.push(`${job.id}: ${team.id} was ruled out`);
  for (const skill of job.skills)
    if (!team.skills.includes(skill))
      if (night.teams.some((other) => other.unable === null && other.skills.includes(skill)))
        wrong.push(`${job.id}: ${team.id} lacks ${skill}`);
  if (peopleOf(night, job) > team.seats) wrong.push(`${job.id}: ${team.id} hasn't the seats`);
}

function arriveAtHouse(run: Run, station: NightStation): void {
  const { team, wrong } = run;
  const seconds = go(run, station.at);
  if (station.openFrom !== null) run.clock = Math.max(run.clock, station.openFrom);
  const leaving = run.aboard.filter(({ house }) => house === station.id);
  run.aboard = run.aboard.filter(({ house }) => house !== station.id);
  const owed = leaving.every(({ proposed }) => !proposed);
  if (!owed && seconds === Infinity) wrong.push(`${station.id}: no way there`);
  if (!owed && station.openUntil !== null && run.clock > station.openUntil + 1)
    wrong.push(`${station.id} is closed when ${team.id} comes`);
  run.clock += station.unloadMinutes * minuteMs;
  if (run.aboard.length === 0) run.visitsAboard = 0;
  if (owed && run.proposals === 0) return;
  if (team.shiftEndsAt !== null && run.clock > team.shiftEndsAt + 1)
    wrong.push(`${station.id}: ${team.id}'s shift is over`);
}
