/** An extract in memory: positions in typed arrays, the ways that matter, the relations that matter. */
import { CityImportError } from './errors.ts';
import { classifyPoint } from './classify.ts';
import type { Member, Tags } from './osm-blocks.ts';
import { readOsmPbf } from './osm-reader.ts';
import { NodeTable } from './node-table.ts';
import type { Bounds } from '../../shared/basemap/schema.ts';

export interface ExtractWay {
  id: number;
  /** Node ids; a plain list of numbers takes less room than a typed array of this length. */
  refs: readonly number[];
  tags: Tags | null;
}
export interface ExtractRelation {
  id: number;
  members: Member[];
  tags: Tags;
}
export interface ExtractPoint {
  id: number;
  lon: number;
  lat: number;
  tags: Tags;
}

export interface ExtractCounts {
  nodes: number;
  ways: number;
  relations: number;
  /** Elements with impossible coordinates, left out. */
  invalid: number;
  /** Nodes so far outside the city's box that they were left out. */
  farOutside: number;
}

export interface Extract {
  bounds: Bounds;
  nodes: NodeTable;
  ways: ExtractWay[];
  relations: ExtractRelation[];
  points: ExtractPoint[];
  counts: ExtractCounts;
}

export interface ReadExtractOptions {
  /** Overrides the box in the file's header. */
  bounds?: Bounds | undefined;
  /** Keep only what key points, streets and coasts need: for when another program draws the tiles. */
  skeleton?: boolean;
  maxNodes: number;
  onProgress?: (done: number, total: number) => void;
}

const SKELETON_KEYS = ['highway', 'railway', 'amenity', 'leisure'];
const RELATION_TYPES = new Set(['multipolygon', 'boundary']);

export async function readExtract(path: string, options: ReadExtractOptions): Promise<Extract> {
  const extract = new ExtractBuilder(options);
  await readOsmPbf(path, extract, {
    onHeader: (bounds) => extract.setHeaderBounds(bounds),
    ...(options.onProgress ? { onProgress: options.onProgress } : {}),
  });
  return extract.finish();
}

class ExtractBuilder {
  private readonly nodes = new NodeTable();
  private readonly ways: ExtractWay[] = [];
  private readonly relations: ExtractRelation[] = [];
  private readonly points: ExtractPoint[] = [];
  private readonly counts: ExtractCounts = {
    nodes: 0,
    ways: 0,
    relations: 0,
    invalid: 0,
    farOutside: 0,
  };
  private readonly options: ReadExtractOptions;
  private bounds: Bounds | null;
  /** In 1e-7 degrees; what lies outside is left out. */
  private keep: Bounds | null;

  constructor(options: ReadExtractOptions) {
    this.options = options;
    this.bounds = options.bounds ?? null;
    this.keep = this.bounds && keepBox(this.bounds);
  }

  setHeaderBounds(bounds: Bounds | null): void {
    if (this.bounds || !bounds) return;
    this.bounds = bounds;
    this.keep = keepBox(bounds);
  }

  node(id: number, lonE7: number, latE7: number, tags: Tags | null): void {
    this.counts.nodes++;
    if (!(Math.abs(lonE7) <= 1.8e9 && Math.abs(latE7) <= 0.9e9)) {
      this.counts.invalid++;
      return;
    }
    const box = this.keep;
    if (box && (lonE7 < box[0] || latE7 < box[1] || lonE7 > box[2] || latE7 > box[3])) {
      this.counts.farOutside++;
      return;
    }
    if (this.nodes.size >= this.options.maxNodes) {
      throw new CityImportError(
        'too_large',
        `The extract has more than ${Math.round(this.options.maxNodes / 1e6)} million points, more than fits here. Give a smaller --bbox, or cut the extract first (osmium extract).`,
      );
    }
    this.nodes.add(id, lonE7, latE7);
    if (tags && (classifyPoint(tags) || tags.atm === 'yes')) {
      this.points.push({ id, lon: lonE7 / 1e7, lat: latE7 / 1e7, tags });
    }
  }

  way(id: number, refs: number[], tags: Tags): void {
    this.counts.ways++;
    if (refs.length < 2) return;
    let untagged = true;
    for (const _ in tags) {
      untagged = false;
      break;
    }
    if (
      this.options.skeleton &&
      !untagged &&
      tags.natural !== 'coastline' &&
      tags.boundary === undefined
    ) {
      if (!SKELETON_KEYS.some((key) => tags[key] !== undefined)) return;
    }
    this.ways.push({ id, refs, tags: untagged ? null : tags });
  }

  relation(id: number, members: Member[], tags: Tags): void {
    this.counts.relations++;
    if (RELATION_TYPES.has(tags.type ?? '')) this.relations.push({ id, members, tags });
  }

  finish(): Extract {
    this.nodes.finish();
    if (this.nodes.size === 0) {
      throw new CityImportError(
        'nothing_inside',
        this.counts.nodes === 0
          ? 'The extract is empty: it has no points.'
          : 'Nothing of the extract lies inside the box. Check --bbox (west,south,east,north in degrees).',
      );
    }
    const bounds = this.bounds ?? this.nodes.usualBounds();
    const { nodes, ways, relations, points, counts } = this;
    return { bounds, nodes, ways, relations, points, counts };
  }
}

function keepBox([west, south, east, north]: Bounds): Bounds {
  const marginLon = Math.max(0.02, (east - west) * 0.25);
  const marginLat = Math.max(0.02, (north - south) * 0.25);
  return [
    (west - marginLon) * 1e7,
    (south - marginLat) * 1e7,
    (east + marginLon) * 1e7,
    (north + marginLat) * 1e7,
  ];
}
