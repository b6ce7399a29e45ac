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
import { groupArrivals } from '../clusters/actions.ts';
import type { Arrival } from '../clusters/actions.ts';
import type { Database } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { cellOf } from '../zones/actions.ts';
import { isInsideCity, progressEvent } from './queries.ts';
import { insertSightings, judgeSightings, readKnownReports } from './records.ts';
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

/** Its cell is that of the resolution which the city has when it is written. */
type UnplacedSighting = Omit<NewSighting, 'cell'>;

interface Waiting {
  sighting: UnplacedSighting;
  resolve(answer: ReportAnswer): void;
  reject(error: unknown): void;
}

/** Some seconds of work; whoever comes on top of that would wait in vain. */
const mostWaiting = 10_000;
/** A batch bigger than this gains nothing and holds the city too long. */
const largestBatch = 500;
/** While one holds the city the next waits at its lock already, and begins the moment it is free. */
const mostLanes = 2;
/** After so many reports, then after twice as many, and so on, the planner is told how the tables have grown. */
const firstAnalysisAt = 250;

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
  #lanes = 0;
  /** Lanes that have not taken their reports yet: what arrives now goes with them. */
  #gathering = 0;
  #taken = 0;
  #nextAnalysisAt = firstAnalysisAt;

  constructor(db: Database, cityId: string) {
    this.#db = db;
    this.#cityId = cityId;
  }

  /** @throws AppError database_unavailable when more wait than can be answered in time: the device keeps and resends */
  add(sighting: UnplacedSighting): Promise<ReportAnswer> {
    if (this.#waiting.length >= mostWaiting)
      return Promise.reject(new AppError('database_unavailable'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ sighting, resolve, reject });
      if (this.#gathering === 0 && this.#lanes < mostLanes) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#lanes += 1;
    while (this.#waiting.length > 0 && this.#gathering === 0) await this.#commitNext();
    this.#lanes -= 1;
  }

  /** Takes what has arrived by the time it holds the city, not by the time it asks for it. Never rejects. */
  async #commitNext(): Promise<void> {
    let batch: Waiting[] | null = null;
    const take = (): Waiting[] => {
      if (batch !== null) return batch;
      this.#gathering -= 1;
      batch = this.#waiting.slice(0, largestBatch);
      this.#waiting = this.#waiting.slice(largestBatch);
      if (this.#waiting.length > 0 && this.#lanes < mostLanes) void this.#drain();
      return batch;
    };
    this.#gathering += 1;
    await this.#commit(take);
    this.#taken += take().length;
    if (this.#taken >= this.#nextAnalysisAt) this.#analyze();
  }

  /**
   * The server's own statistics come up to a minute late, the embedded database's never. Without them the
   * planner takes any index of the city for as good as the right one.
   */
  #analyze(): void {
    this.#nextAnalysisAt = this.#taken * 2;
    // Nobody waits for it; where it fails the plans are slower, and right all the same.
    // Only the columns that plans are made by: those of positions and sets take most of the time.
    this.#db.sql`
      analyze sightings (city_id, id, state, component_id, cluster_id, cell, placement_anchor, seen_at),
        clusters (city_id, id, open, report_count), cold_cells (city_id, cell)`.catch(
      () => undefined,
    );
  }

  /** One bad row must not fail the others: after an unexpected error they go in one by one. Never rejects. */
  async #commit(take: () => Waiting[]): Promise<void> {
    try {
      const outcomes = await recordBatch(this.#db, this.#cityId, () =>
        take().map(({ sighting }) => sighting),
      );
      take().forEach(({ resolve, reject }, index) => {
        const outcome = outcomes[index]!;
        if (outcome instanceof AppError) reject(outcome);
        else resolve(outcome);
      });
    } catch (error) {
      const batch = take();
      if (batch.length === 1 || !canBeOneRows(error)) {
        for (const { reject } of batch) reject(error);
      } else for (const waiting of batch) await this.#commit(() => [waiting]);
    }
  }
}

/** False where each alone would fail in the same way: no such city, no database. */
function canBeOneRows(error: unknown): boolean {
  if (error instanceof AppError) return false;
  const { code } = error as { code?: unknown };
  return typeof code !== 'string' || /^(?!08|53|57)[0-9A-Z]{5}$/.test(code);
}

/** One transaction for all of them; each gets its own answer. */
function recordBatch(
  db: Database,
  cityId: string,
  take: () => readonly UnplacedSighting[],
): Promise<(ReportAnswer | AppError)[]> {
  return changeCity(db, cityId, async (change) => {
    const { cellResolution } = change.settings;
    const sightings = take().map((one) => ({ ...one, cell: cellOf(one, cellResolution) }));
    const first = new Map(sightings.toReversed().map((sighting) => [sighting.id, sighting]));
    const judged = await judgeSightings(change.tx, cityId, [...first.values()]);
    const isNew = (sighting: NewSighting) =>
      first.get(sighting.id) === sighting && judged.get(sighting.id) === 'new';
    const fresh = sightings.filter(isNew);
    const awaited = fresh.length > 0 ? await record(change, fresh) : null;
    const resent = sightings.filter(
      ({ id }, index) => judged.get(id) === 'known' || first.get(id) !== sightings[index],
    );
    const ids = resent.map(({ id }) => id);
    const known = await readKnownReports(change.tx, cityId, ids);
    return sightings.map((sighting) => {
      const { id, trackingCode } = sighting;
      if (isNew(sighting)) {
        const progress = awaited?.has(id) ? 'on_the_way' : 'received';
        return { id, receivedAt: change.now, progress, trackingCode };
      }
      if (judged.get(id) === 'outside') return faultsError([outsideCity]);
      return answerKnown(sighting, known.get(id));
    });
  });
}

/** Writes new sightings in the places that the grouping gives them, and the events; answers those a team is on its way to. */
async function record(
  change: CityChange,
  fresh: readonly NewSighting[],
): Promise<ReadonlySet<string>> {
  const { tx, cityId, now } = change;
  const arrivals = fresh.map((sighting) => arrivalOf(sighting, now));
  const awaited = await groupArrivals(change, arrivals, (groupingOf) =>
    insertSightings(
      tx,
      cityId,
      now,
      fresh.map((sighting) => ({ ...sighting, ...groupingOf(sighting.id) })),
    ),
  );
  for (const sighting of fresh) {
    const report = { ...sighting, receivedAt: now, state: 'live', progressAt: now } as const;
    const progress = awaited.has(sighting.id) ? 'on_the_way' : 'received';
    change.emit(...progressEvent({ ...report, progress }));
  }
  return awaited;
}

function arrivalOf(sighting: NewSighting, receivedAt: string): Arrival {
  const { id, lon, lat, accuracyMeters, headcount, flags, needs, cell, kind, seenAt } = sighting;
  return {
    view: {
      id,
      lon,
      lat,
      accuracyMeters,
      headcount,
      flags,
      reporterKind: kind,
      seenAt,
      receivedAt,
      state: 'live',
      clusterId: null,
      placement: null,
    },
    needs,
    cell,
  };
}

/** The answer to an id that was there before. Whose it is stays untold. */
function answerKnown(
  sighting: UnplacedSighting,
  known: KnownReport | undefined,
): ReportAnswer | AppError {
  // Its tracking code is another's: a resend gets a new one.
  if (known === undefined) return new AppError('unexpected');
  const { reporterId, deviceId, ...answer } = known;
  const same = reporterId === sighting.reporterId && deviceId === sighting.deviceId;
  return same ? answer : new AppError('not_allowed');
}

function newSighting(draft: SightingDraft, position: Position, origin: Origin): UnplacedSighting {
  return {
    ...contentOf(draft, position),
    kind: origin.kind,
    reporterId: origin.userId,
    deviceId: origin.deviceId,
    trackingCode: origin.trackingCode,
  };
}

/** The draft as it is stored: `position` is the WGS-84 one, what was received is kept beside it. */
export function contentOf(draft: SightingDraft, position: Position): Omit<SightingContent, 'cell'> {
  return {
    id: draft.id.toLowerCase(),
    ...position,
    // To the decimetre: a single-precision column gives back just what was written.
    accuracyMeters: Math.round(draft.accuracyMeters * 10) / 10,
    positionSource: draft.positionSource,
    addressText: storable(draft.addressText),
    system: draft.system,
    receivedLon: draft.position.lon,
    receivedLat: draft.position.lat,
    seenAt: new Date(draft.seenAt).toISOString(),
    headcount: draft.headcount,
    flags: [...new Set(draft.flags)],
    needs: [...new Set(draft.needs)],
    note: storable(draft.note),
    contactPhone: storable(draft.contactPhone),
  };
}

/** Without what a database can't hold as text: zero characters and halves of surrogate pairs. */
function storable(text: string): string {
  return Buffer.from(text.replaceAll('\u0000', '')).toString();
}
