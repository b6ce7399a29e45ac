/** What the rules say of a city now, and what comes of it: a proposal, or the step itself where the city lets it. */
import { v7 as uuidv7 } from 'uuid';
import { judge } from '../../shared/response/judge.ts';
import type { Judgement } from '../../shared/response/judge.ts';
import { nextStep } from '../../shared/response/next-step.ts';
import {
  goesByItself,
  isDecidedAgainst,
  isMore,
  nightOf,
  standsInTheGap,
  stillSays,
} from '../../shared/response/proposal-rules.ts';
import type { DecidedAgainst, Wanted } from '../../shared/response/proposal-rules.ts';
import { isReal } from '../../shared/response/rules.ts';
import type { ResponseSettings } from '../../shared/response/settings.ts';
import { findCity, readConfiguration } from '../cities/queries.ts';
import type { Database, Db } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { readCityHours } from '../weather/queries.ts';
import { beginNight, endNightInForce } from './night.ts';
import {
  closeOpenProposal,
  findProposal,
  insertProposal,
  readDismissed,
  readOpenProposal,
} from './proposal-queries.ts';
import type { Proposal } from './proposal-queries.ts';
import { readWithFloor } from './queries.ts';
import type { Activation } from './queries.ts';
import { readBroughtDown } from './record-queries.ts';

interface City {
  cityId: string;
  timeZone: string;
  settings: ResponseSettings;
  now: string;
}

/** What is to be done about the open proposal and the night. */
type Verdict =
  | { kind: 'nothing' }
  | { kind: 'withdraw' }
  | { kind: 'propose'; wanted: Wanted }
  | { kind: 'do'; wanted: Wanted };

/**
 * Judges a city, and brings about what follows; as often as wanted, and from several servers at once: the same weather
 * a second time changes nothing. Looks without the city's lock first: most times there is nothing.
 */
export async function judgeCity(db: Database, cityId: string): Promise<void> {
  const city = await findCity(db.sql, cityId);
  const configuration = await readConfiguration(db.sql, cityId);
  if (!city || !configuration) return;
  const [clock] = await db.sql<{ now: string }[]>`select clock_timestamp() as now`;
  const { timeZone } = city;
  const settings = configuration.response;
  const seen = await verdictOf(db.sql, { cityId, timeZone, settings, now: clock!.now });
  if (seen.kind !== 'nothing') await changeCity(db, cityId, settle);
}

async function settle(change: CityChange): Promise<void> {
  const { tx, cityId, now, timeZone } = change;
  const settings = change.settings.response;
  const verdict = await verdictOf(tx, { cityId, timeZone, settings, now });
  if (verdict.kind === 'nothing') return;
  // A step of the rules closes the open one itself.
  if (verdict.kind === 'do') return carryOut(change, verdict.wanted);
  await withdraw(change);
  if (verdict.kind === 'propose') await propose(change, verdict.wanted);
}

async function verdictOf(db: Db, city: City): Promise<Verdict> {
  const { cityId, settings, now } = city;
  const inForce = await readWithFloor(db, cityId);
  const open = await readOpenProposal(db, cityId);
  const { wanted, blind, againstHand } = await wantedOf(db, city, inForce);
  if (open !== null && standsInTheGap(open, wanted, { blind, now })) return { kind: 'nothing' };
  if (wanted === null) return { kind: open === null ? 'nothing' : 'withdraw' };
  const { dismissed, broughtDown } = await readDecisions(db, cityId, wanted, city);
  const night = isReal(inForce) ? inForce : null;
  const floor =
    night === null || night.floorLevel === null
      ? null
      : { level: night.floorLevel, untilAt: night.floorUntil };
  const { automatic } = settings;
  const overruled = dismissed.length > 0 || broughtDown || againstHand;
  if (goesByItself(wanted, { automatic, floor, overruled, now })) return { kind: 'do', wanted };
  if (isDecidedAgainst(wanted, dismissed)) return { kind: open === null ? 'nothing' : 'withdraw' };
  if (open !== null && stillSays(open, wanted)) return { kind: 'nothing' };
  return { kind: 'propose', wanted };
}

interface Asked {
  wanted: Wanted | null;
  /** hours are missing or old: mildness can't be believed */
  blind: boolean;
  /** it would undo what a person chose without the rules */
  againstHand: boolean;
}

/** What the rules ask for. */
async function wantedOf(
  db: Db,
  { cityId, settings, timeZone, now }: City,
  inForce: Activation | null,
): Promise<Asked> {
  // Where nothing is asked of the weather, it can't have become milder either.
  if (settings.rules.rules.length === 0) return { wanted: null, blind: false, againstHand: false };
  const { hours, toldAt, stale, oldFrom, warnings } = await readCityHours(db, cityId);
  const judgement = judge(hours, settings.rules, { nowAt: now, timeZone, warnings });
  const isKnown = !stale && toldAt !== null && judgement.hoursMissing === 0;
  // What was typed for this hour makes the forecast of the coming ones no younger.
  const blind = !isKnown || (oldFrom !== null && oldFrom < endOfAsked(judgement, settings, now));
  const step = nextStep(isReal(inForce) ? inForce : null, judgement, now);
  const nothing = { wanted: null, blind, againstHand: false };
  if (step.kind === 'nothing') return nothing;
  const more = isMore(step.kind);
  const { hoursMissing } = judgement;
  // Nobody is told to lower or end a night by what isn't known, or was known once. That the calm hours ahead have no gap
  // that could matter is seen to by the step itself.
  if (!more && blind) return nothing;
  const isOld = stale && toldAt !== null;
  const wanted: Wanted = {
    kind: step.kind,
    level: step.kind === 'end' ? null : step.level,
    reasons: isOld ? [...step.reasons, { code: 'stale', toldAt }] : step.reasons,
    fromAt: judgement.fromAt,
    untilAt: judgement.untilAt,
    temperatureCelsius: judgement.worst?.temperatureCelsius ?? null,
    windKmh: judgement.worst?.windKmh ?? null,
    feltCelsius: judgement.worst?.feltCelsius ?? null,
    hoursMissing,
    night: nightOf(judgement.fromAt, timeZone),
    stale,
  };
  return { wanted, blind, againstHand: step.againstHand && !more };
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Until when it has to be mild before a night is lowered or ended. */
function endOfAsked({ untilAt }: Judgement, { rules }: ResponseSettings, now: string): string {
  const calm = new Date(Date.parse(now) + rules.calmHours * hourMs).toISOString();
  return calm > untilAt ? calm : untilAt;
}

/** What people decided against in the night that is asked about, and whether they brought a night down in it. */
async function readDecisions(
  db: Db,
  cityId: string,
  wanted: Wanted,
  { timeZone, now }: City,
): Promise<{ dismissed: DecidedAgainst[]; broughtDown: boolean }> {
  const all = await readDismissed(db, cityId, wanted.night);
  const dismissed = all.filter(({ kind }) => kind === wanted.kind);
  if (!isMore(wanted.kind)) return { dismissed, broughtDown: false };
  const since = new Date(Date.parse(now) - dayMs).toISOString();
  const times = await readBroughtDown(db, cityId, since);
  return { dismissed, broughtDown: times.some((at) => nightOf(at, timeZone) === wanted.night) };
}

/**
 * Somebody has just ended or lowered a night by hand: what the rules ask for at that moment is dismissed with it. What
 * they didn't ask for yet nobody decided against.
 */
export async function dismissWhatIsAsked(change: CityChange, by: string): Promise<void> {
  const { tx, cityId, now, timeZone } = change;
  const city = { cityId, timeZone, settings: change.settings.response, now };
  const { wanted } = await wantedOf(tx, city, await readWithFloor(tx, cityId));
  if (wanted === null || !isMore(wanted.kind)) return;
  await insertProposal(tx, cityId, { ...wanted, id: uuidv7() }, now);
  await closeOpenProposal(tx, cityId, { state: 'dismissed', by, at: now });
}

async function withdraw(change: CityChange): Promise<void> {
  const { tx, cityId, now: at } = change;
  const withdrawn = await closeOpenProposal(tx, cityId, { state: 'withdrawn', by: null, at });
  if (withdrawn) change.emit({ kind: 'proposal.changed', proposal: withdrawn }, 'staff');
}

async function propose({ tx, cityId, now, emit }: CityChange, wanted: Wanted): Promise<Proposal> {
  const id = uuidv7();
  await insertProposal(tx, cityId, { ...wanted, id }, now);
  const made = (await findProposal(tx, cityId, id))!;
  const { night: _night, stale: _stale, ...proposal } = made;
  emit({ kind: 'proposal.changed', proposal }, 'staff');
  return made;
}

/** The rule's own step has its proposal too, which it follows at once. */
async function carryOut(change: CityChange, wanted: Wanted): Promise<void> {
  await withdraw(change);
  const { id, reasons } = await propose(change, wanted);
  const decision = { by: null, reasons, proposalId: id };
  if (wanted.level === null) {
    await endNightInForce(change, decision);
    return;
  }
  const inForce = await readWithFloor(change.tx, change.cityId);
  await beginNight(
    change,
    {
      level: wanted.level,
      // One that is lowered may have been declared by numbers, and the hours be mild now.
      temperatureCelsius: wanted.temperatureCelsius ?? inForce!.temperatureCelsius,
      // Without wind it is felt as cold as the air, which is what the felt temperature says.
      windKmh: wanted.windKmh ?? inForce?.windKmh ?? 0,
      note: isReal(inForce) ? inForce.note : '',
      drill: false,
      untilAt: laterOf(wanted.untilAt, isReal(inForce) ? inForce.floorUntil : null),
      proposalId: id,
    },
    { ...decision, ...(wanted.feltCelsius !== null && { feltCelsius: wanted.feltCelsius }) },
  );
}

const laterOf = (a: string, b: string | null): string => (b !== null && b > a ? b : a);
