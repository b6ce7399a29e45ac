// Group commit: the reports of a city that arrive while one transaction is in flight go into the next one
// together. The city's lock is then taken once for many reports instead of once for each
// (docs/decisions/0003-city-lock.md).
import { AppError } from '../../shared/errors.ts';
import { toWgs84 } from '../../shared/geo/coordinates.ts';
import type { Position } from '../../shared/geo/position.ts';
import { faultsError, findFaults, outsideCity } from '../../shared/sightings/rules.ts';
import type {
  ReporterKind,
  SightingDraft,
  SightingProgress,
} from '../../shared/sightings/schema.ts';
import { regroupAround } from '../clusters/actions.ts';
import type { Database } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { cellOf } from '../zones/actions.ts';
import { isInsideCity, progressEvent } from './queries.ts';
import { insertSightings, readKnownReports } from './records.ts';
import type { KnownReport, NewSighting, SightingContent } from './records.ts';

/** Who reports; exactly one of `userId` and `deviceId` may be null. */
export interface Origin {
  kind: ReporterKind;
  userId: string | null;
  deviceId: string | null;
  /** Public tips carry one, made by the server. */
  trackingCode: string | null;
}

export interface ReportAnswer {
  id: string;
  receivedAt: string;
  progress: SightingProgress;
  trackingCode: string | null;
}

interface Waiting {
  sighting: NewSighting;
  resolve(answer: ReportAnswer): void;
  reject(error: unknown): void;
}

/** A batch bigger than this gains nothing and holds the city too long. */
const largestBatch = 250;

const intakes = new WeakMap<Database, Map<string, CityIntake>>();

/**
 * Records one report; resolves when it is durable, grouped and its events are logged. The same id from the same
 * reporter again changes nothing and answers as the first time.
 * @throws AppError with every fault of the input; not_allowed when the id is somebody else's; not_found for an unknown city
 */
export async function report(
  db: Database,
  cityId: string,
  draft: SightingDraft,
  origin: Origin,
): Promise<ReportAnswer> {
  const position = toWgs84(draft.position, draft.system);
  const faults = findFaults(draft, new Date().toISOString());
  if (faults.length > 0) {
    if (!(await isInsideCity(db.sql, cityId, position))) faults.push(outsideCity);
    throw faultsError(faults);
  }
  return await intakeOf(db, cityId).add(newSighting(draft, position, origin));
}

function intakeOf(db: Database, cityId: string): CityIntake {
  const ofDatabase = intakes.get(db) ?? new Map<string, CityIntake>();
  intakes.set(db, ofDatabase);
  const intake = ofDatabase.get(cityId) ?? new CityIntake(db, cityId);
  ofDatabase.set(cityId, intake);
  return intake;
}

class CityIntake {
  readonly #db: Database;
  readonly #cityId: string;
  #waiting: Waiting[] = [];
  #draining = false;

  constructor(db: Database, cityId: string) {
    this.#db = db;
    this.#cityId = cityId;
  }

  add(sighting: NewSighting): Promise<ReportAnswer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ sighting, resolve, reject });
      if (!this.#draining) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#draining = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, largestBatch);
      this.#waiting = this.#waiting.slice(largestBatch);
      await this.#commit(batch);
    }
    this.#draining = false;
  }

  /** One bad row must not fail the others: after an unexpected error they go in one by one. Never rejects. */
  async #commit(batch: Waiting[]): Promise<void> {
    try {
      const outcomes = await recordBatch(
        this.#db,
        this.#cityId,
        batch.map(({ sighting }) => sighting),
      );
      batch.forEach(({ resolve, reject }, index) => {
        const outcome = outcomes[index]!;
        if (outcome instanceof AppError) reject(outcome);
        else resolve(outcome);
      });
    } catch (error) {
      const [only] = batch;
      if (batch.length === 1) only!.reject(error);
      else for (const waiting of batch) await this.#commit([waiting]);
    }
  }
}

/** One transaction for all of them; each gets its own answer. */
function recordBatch(
  db: Database,
  cityId: string,
  sightings: readonly NewSighting[],
): Promise<(ReportAnswer | AppError)[]> {
  return changeCity(db, cityId, async (change) => {
    const first = new Map(sightings.toReversed().map((sighting) => [sighting.id, sighting]));
    const judged = await insertSightings(change.tx, cityId, change.now, [...first.values()]);
    const isFresh = (sighting: NewSighting) =>
      first.get(sighting.id) === sighting && judged.get(sighting.id) === 'recorded';
    await followUp(change, sightings.filter(isFresh));
    const others = sightings.filter(
      (sighting) => !isFresh(sighting) && judged.get(sighting.id) !== 'outside',
    );
    const ids = others.map(({ id }) => id);
    const known = await readKnownReports(change.tx, cityId, ids);
    return sightings.map((sighting) => {
      const { id, trackingCode } = sighting;
      if (isFresh(sighting))
        return { id, receivedAt: change.now, progress: 'received', trackingCode };
      if (judged.get(id) === 'outside') return faultsError([outsideCity]);
      return answerKnown(sighting, known.get(id));
    });
  });
}

/** Groups, cells and events that follow from what was just recorded. */
async function followUp(change: CityChange, recorded: readonly NewSighting[]): Promise<void> {
  if (recorded.length === 0) return;
  await regroupAround(
    change,
    recorded.map(({ id, lon, lat }) => ({ id, places: [{ lon, lat }] })),
  );
  for (const sighting of recorded) {
    const at = change.now;
    const report = { ...sighting, receivedAt: at, state: 'live', progressAt: at } as const;
    change.emit(...progressEvent({ ...report, progress: 'received' }));
  }
}

/** The answer to an id that was there before. Whose it is stays untold. */
function answerKnown(
  sighting: NewSighting,
  known: KnownReport | undefined,
): ReportAnswer | AppError {
  // Neither recorded nor known: only a tracking code given twice does that, and a resend gets another.
  if (known === undefined) return new AppError('unexpected');
  const { reporterId, deviceId, ...answer } = known;
  const same = reporterId === sighting.reporterId && deviceId === sighting.deviceId;
  return same ? answer : new AppError('not_allowed');
}

function newSighting(draft: SightingDraft, position: Position, origin: Origin): NewSighting {
  return {
    ...contentOf(draft, position),
    kind: origin.kind,
    reporterId: origin.userId,
    deviceId: origin.deviceId,
    trackingCode: origin.trackingCode,
  };
}

/** The draft as it is stored: `position` is the WGS-84 one, what was received is kept beside it. */
export function contentOf(draft: SightingDraft, position: Position): SightingContent {
  return {
    id: draft.id.toLowerCase(),
    ...position,
    cell: cellOf(position),
    accuracyMeters: draft.accuracyMeters,
    positionSource: draft.positionSource,
    addressText: draft.addressText,
    system: draft.system,
    receivedLon: draft.position.lon,
    receivedLat: draft.position.lat,
    seenAt: new Date(draft.seenAt).toISOString(),
    headcount: draft.headcount,
    flags: [...new Set(draft.flags)],
    needs: [...new Set(draft.needs)],
    note: draft.note,
    contactPhone: draft.contactPhone,
  };
}
