/** How the road engine is set up: one city's tiles, limits far above what a city asks, nothing of the disk but those tiles. */
const perCosting = {
  max_distance: 500_000,
  max_locations: 4_000,
  max_matrix_distance: 200_000,
  max_matrix_location_pairs: 1_000_000,
};

/**
 * One search per source (or target, where there are fewer), not the engine's own choice: in a city the bidirectional
 * one is three to ten times slower here, prunes small streets and finds no way where there is one. See docs/roads.md.
 */
const matrixAlgorithm = 'timedistancematrix';

export function engineConfig(tilesFile: string): string {
  const silent = { type: '' };
  return JSON.stringify({
    mjolnir: { tile_extract: tilesFile, logging: silent },
    additional_data: { elevation: '' },
    loki: {
      actions: ['locate', 'route', 'sources_to_targets', 'isochrone', 'trace_route', 'status'],
      use_connectivity: true,
      logging: silent,
      service_defaults: {
        heading_tolerance: 60,
        // A piece of road joined to fewer than these others is none to put a place on.
        minimum_reachability: 50,
        node_snap_tolerance: 5,
        radius: 0,
        search_cutoff: 35_000,
        street_side_max_distance: 1_000,
        street_side_tolerance: 5,
      },
    },
    thor: { source_to_target_algorithm: matrixAlgorithm, logging: silent },
    odin: { logging: silent },
    meili: {
      mode: 'auto',
      customizable: ['mode', 'search_radius', 'gps_accuracy'],
      logging: silent,
      grid: { size: 500, cache_size: 100_240 },
      default: {
        beta: 3,
        breakage_distance: 2_000,
        geometry: false,
        gps_accuracy: 5,
        interpolation_distance: 10,
        max_route_distance_factor: 5,
        max_route_time_factor: 5,
        max_search_radius: 100,
        route: true,
        search_radius: 50,
        sigma_z: 4.07,
        turn_penalty_factor: 0,
      },
    },
    service_limits: {
      auto: perCosting,
      bicycle: perCosting,
      pedestrian: {
        ...perCosting,
        min_transit_walking_distance: 1,
        max_transit_walking_distance: 10_000,
      },
      isochrone: {
        max_contours: 4,
        max_distance: 25_000,
        max_distance_contour: 200,
        max_locations: 1,
        max_time_contour: 120,
      },
      trace: {
        max_alternates: 1,
        max_alternates_shape: 100,
        max_distance: 200_000,
        max_gps_accuracy: 100,
        max_search_radius: 100,
        max_shape: 16_000,
      },
      skadi: { max_shape: 1, min_resample: 10 },
      status: { allow_verbose: false },
      centroid: { max_distance: 200_000, max_locations: 5 },
      max_alternates: 0,
      max_exclude_locations: 0,
      max_exclude_polygons_length: 5_000_000,
      max_radius: 1_000,
      max_reachability: 1_000,
      max_timedep_distance: 0,
      max_timedep_distance_matrix: 0,
      max_distance_disable_hierarchy_culling: 0,
      allow_hard_exclusions: true,
      hierarchy_limits: { allow_modification: false },
    },
  });
}
