// What grouping is given: points as columns, and the rule's numbers.

/** `x` and `y` are degrees on the ellipsoid and the sphere, metres on the plane. */
export type Surface = 'ellipsoid' | 'sphere' | 'plane';

export interface GroupingOptions {
  /** Two points are linked when they lie at most this far apart. */
  epsMeters: number;
  /** A point with at least this many points within eps, itself counted, is a core point. Default 1. */
  minPoints?: number;
  /** Groups wider than this are cut; null (default) leaves them whole. */
  maxDiameterMeters?: number | null;
  /** Default 'ellipsoid'. */
  surface?: Surface;
}

export interface PointColumns {
  /** Longitudes in degrees, or metres on the plane. */
  x: Float64Array;
  /** Latitudes in degrees, or metres on the plane. */
  y: Float64Array;
  /** The place of each point's id among the sorted ids (`rankIds`), which breaks ties; default: as listed. */
  rank?: Int32Array;
  /** What is known of each point: 1 a core point, 0 not, `UNKNOWN_CORE` (2) to be found out here. Default all unknown. */
  coreHint?: Uint8Array;
}
