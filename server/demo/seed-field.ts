/** What a patrol finds already there in a demo city: key points, some of them seen tonight, and teams on their shifts. */
import type { Agency } from '../../shared/shifts/schema.ts';
import { keyPointDefaults } from '../../shared/key-points/defaults.ts';
import type { KeyPointView } from '../../shared/key-points/schema.ts';
import { importKeyPoints, recordVisit } from '../key-points/actions.ts';
import { readKeyPointViews } from '../key-points/queries.ts';
import { planTeamDuty } from '../patrols/actions.ts';
import { changeCity } from '../realtime/change-city.ts';
import { startShift } from '../shifts/actions.ts';
import { readShiftView } from '../shifts/queries.ts';
import type { KeyPlace } from './people.ts';
import { seedHistory } from './seed-history.ts';
import type { Hand } from './seeding.ts';

/** Enough to be worth a list, few enough for seven teams to see in a night. */
const most = 90;
const mostOfKind = 20;
const piece = 100;
/** Long enough for a round to be half done. */
const onDutyHours = 4;
/** Until a shift ends, for the first to go home. */
const shortestLeftHours = 6;

const agenciesOf = (team: number): readonly Agency[] => {
  if (team === 3) return ['civil_affairs', 'police', 'urban_management'];
  if (team === 4) return ['civil_affairs', 'health'];
  return team === 6 ? ['volunteer', 'volunteer'] : ['civil_affairs', 'civil_affairs'];
};
const hoursBefore = (now: string, hours: number): string =>
  new Date(Date.parse(now) - hours * 3_600_000).toISOString();

/** Every team is on its shift. No check-ins: nobody answers for simulated crews. */
export async function seedShifts({ db, city, session, words, idOf }: Hand): Promise<void> {
  for (const [index, [, , vehicle]] of words.teams.entries()) {
    const teamId = idOf(`team ${index}`);
    const members = agenciesOf(index).map((agency, place) => ({
      name: words.members[(index * 2 + place) % words.members.length]!,
      agency,
    }));
    const draft = { id: idOf(`shift ${index}`), areaId: null, vehicle, members };
    await changeCity(db, city.id, async (change) => {
      if (await readShiftView(change.tx, city.id, draft.id)) return;
      const began = hoursBefore(change.now, onDutyHours);
      await startShift(change, { ...session, teamId }, { ...draft, checkInMinutes: null }, began);
    });
    // A new shift has no end until somebody says so.
    const hours = shortestLeftHours + (index % 3);
    const shiftEndsAt = new Date(Date.now() + hours * 3_600_000).toISOString();
    await planTeamDuty(db, session, { teamId, shiftEndsAt, breakFromAt: null, breakMinutes: 0 });
  }
}

/** Places of the map in every part of the city, some of each kind. */
function chosenOf({ dice, places }: Hand): KeyPlace[] {
  const shuffled = places
    .map((place) => ({ place, order: dice.next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ place }) => place);
  const counts = new Map<string, number>();
  return shuffled
    .filter(({ kind }) => {
      const count = counts.get(kind) ?? 0;
      counts.set(kind, count + 1);
      return count < mostOfKind;
    })
    .slice(0, most);
}

export async function seedKeyPoints(hand: Hand): Promise<void> {
  const { db, city, session, words, idOf } = hand;
  const before = await readKeyPointViews(db.sql, city.id, null);
  if (before.length > 0) return;
  const language = words.teams[0]![1] === '民政1' ? 'zh' : 'en';
  const keyPoints = chosenOf(hand).map(({ kind, name, position, osmId }, index) => ({
    id: idOf(`key point ${index}`),
    sourceRef: osmId === undefined ? `demo:${index}` : `osm:${osmId}`,
    name: (name[language] || `${words.places[kind]} ${index + 1}`).slice(0, 100),
    kind,
    position,
    ...keyPointDefaults[kind],
    note: '',
  }));
  for (let from = 0; from < keyPoints.length; from += piece) {
    const part = keyPoints.slice(from, from + piece);
    if (part.length > 0) await importKeyPoints(db, session, { source: 'map', keyPoints: part });
  }
  await seedHistory(hand);
  for (const keyPoint of await readKeyPointViews(db.sql, city.id, null))
    if (hand.dice.chance(0.7)) await seedVisit(hand, keyPoint);
}

/** Somebody was there earlier tonight. */
async function seedVisit(
  { db, city, session, words, dice, idOf }: Hand,
  { id: keyPointId, lon, lat }: KeyPointView,
): Promise<void> {
  const teamId = idOf(`team ${dice.whole(0, words.teams.length - 1)}`);
  const note = dice.pick(words.visitNotes);
  const hours = dice.between(0.2, onDutyHours - 0.1);
  const visit = { id: idOf(`visit ${keyPointId}`), keyPointId, position: { lon, lat }, note };
  await changeCity(db, city.id, (change) =>
    recordVisit(change, { ...session, teamId }, visit, hoursBefore(change.now, hours)),
  );
}
