// All live sightings in memory, grouped as they come and go by the very rule the server uses on its
// tables: for tests, benches and simulation.
import { toEcef } from '../geo/ellipsoid.ts';
import type { Position } from '../geo/position.ts';
import { collectNeighbourhood, neighbourhoodRadius } from './neighbourhood.ts';
import type { LoadRequest } from './neighbourhood.ts';
import type { Placement } from './placement.ts';
import { regroup } from './regroup.ts';
import type { Assignment, Change, LivePoint, Member, RegroupOptions } from './regroup.ts';

interface Row extends Member {
  groupKey: string | null;
}

export class LiveGrouping {
  readonly #options: RegroupOptions;
  readonly #rows = new Map<string, Row>();
  readonly #byPlace: PlaceIndex;
  readonly #byComponent = new Map<string, Set<string>>();
  readonly #byAnchor = new Map<string, Set<string>>();

  constructor(options: RegroupOptions) {
    this.#options = options;
    this.#byPlace = new PlaceIndex(neighbourhoodRadius(options));
  }

  get size(): number {
    return this.#rows.size;
  }

  arrive(...points: LivePoint[]): Assignment[] {
    return this.#change(points.map((point) => ({ id: point.id, next: point })));
  }

  remove(...ids: string[]): Assignment[] {
    return this.#change(ids.map((id) => ({ id, next: null })));
  }

  move(id: string, { lon, lat }: Position): Assignment[] {
    return this.#change([{ id, next: { ...this.#row(id), lon, lat } }]);
  }

  /** Null undoes what was decided by hand. */
  place(id: string, placement: Placement | null): Assignment[] {
    return this.#change([{ id, next: { ...this.#row(id), placement } }]);
  }

  points(): LivePoint[] {
    return [...this.#rows.values()].map(({ id, lon, lat, placement }) => ({
      id,
      lon,
      lat,
      placement,
    }));
  }

  /** Of all live sightings, sorted by id. */
  assignments(): Assignment[] {
    return [...this.#rows.values()]
      .map(({ id, isCore, componentKey, groupKey }) => ({ id, isCore, componentKey, groupKey }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  #row(id: string): Row {
    const row = this.#rows.get(id);
    if (row === undefined) throw new RangeError(`no live sighting ${id}`);
    return row;
  }

  #change(wanted: { id: string; next: LivePoint | null }[]): Assignment[] {
    const changes = wanted.map(({ id, next }): Change => {
      const former = this.#rows.get(id);
      if (former) this.#unlist(former);
      if (next) {
        const { lon, lat, placement } = next;
        const { isCore, componentKey, groupKey } = former ?? NOTHING_KNOWN;
        this.#list({ id, lon, lat, placement, isCore, componentKey, groupKey });
      }
      const both = [former, next].filter((point) => point !== null && point !== undefined);
      return {
        id,
        positions: both.map(({ lon, lat }) => ({ lon, lat })),
        anchorIds: both.flatMap(({ placement }) =>
          placement?.kind === 'with' ? [placement.anchorId] : [],
        ),
      };
    });
    const steps = collectNeighbourhood(changes, this.#options);
    let step = steps.next();
    while (step.done !== true) step = steps.next(this.#load(step.value));
    const assignments = regroup(step.value, changes, this.#options);
    for (const assignment of assignments) {
      const row = this.#row(assignment.id);
      this.#unlist(row);
      this.#list({ ...row, ...assignment });
    }
    return assignments;
  }

  #load(request: LoadRequest): Row[] {
    const rows = (ids: Iterable<string>) => [...ids].flatMap((id) => this.#rows.get(id) ?? []);
    switch (request.kind) {
      case 'near':
        return rows(request.positions.flatMap((position) => this.#byPlace.around(position)));
      case 'components':
        return request.keys.flatMap((key) => rows(this.#byComponent.get(key) ?? []));
      case 'sightings':
        return rows(request.ids);
      case 'placedWith':
        return request.anchorIds.flatMap((id) => rows(this.#byAnchor.get(id) ?? []));
    }
  }

  #list(row: Row): void {
    this.#rows.set(row.id, row);
    if (row.placement === null) this.#byPlace.add(row);
    if (row.componentKey !== null) addTo(this.#byComponent, row.componentKey, row.id);
    if (row.placement?.kind === 'with') addTo(this.#byAnchor, row.placement.anchorId, row.id);
  }

  #unlist(row: Row): void {
    this.#rows.delete(row.id);
    if (row.placement === null) this.#byPlace.delete(row);
    if (row.componentKey !== null) removeFrom(this.#byComponent, row.componentKey, row.id);
    if (row.placement?.kind === 'with') removeFrom(this.#byAnchor, row.placement.anchorId, row.id);
  }
}

const NOTHING_KNOWN = { isCore: false, componentKey: null, groupKey: null };

function addTo<K>(map: Map<K, Set<string>>, key: K, id: string): void {
  const ids = map.get(key);
  if (ids) ids.add(id);
  else map.set(key, new Set([id]));
}

function removeFrom<K>(map: Map<K, Set<string>>, key: K, id: string): void {
  const ids = map.get(key);
  if (ids?.delete(id) === true && ids.size === 0) map.delete(key);
}

/** Ids by cubes of earth-centred space, so that no place on earth is special. */
class PlaceIndex {
  readonly #side: number;
  readonly #cubes = new Map<number, Set<string>>();

  constructor(radiusMeters: number) {
    this.#side = radiusMeters;
  }

  add(point: LivePoint): void {
    addTo(this.#cubes, this.#key(point, 0, 0, 0), point.id);
  }

  delete(point: LivePoint): void {
    removeFrom(this.#cubes, this.#key(point, 0, 0, 0), point.id);
  }

  /** At least all within the radius. */
  around(position: Position): string[] {
    const ids: string[] = [];
    for (let x = -1; x <= 1; x++)
      for (let y = -1; y <= 1; y++)
        for (let z = -1; z <= 1; z++)
          for (const id of this.#cubes.get(this.#key(position, x, y, z)) ?? []) ids.push(id);
    return ids;
  }

  /** Different cubes may share a key: that only makes `around` answer with more. */
  #key(position: Position, stepX: number, stepY: number, stepZ: number): number {
    const { x, y, z } = toEcef(position);
    const cube = (value: number, step: number) => Math.floor(value / this.#side) + step;
    return (
      Math.imul(cube(x, stepX), 73_856_093) ^
      Math.imul(cube(y, stepY), 19_349_663) ^
      Math.imul(cube(z, stepZ), 83_492_791)
    );
  }
}
