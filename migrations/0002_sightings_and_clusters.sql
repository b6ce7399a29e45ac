-- Sightings as they came in, and the clusters the server makes of the live ones.
create type position_source as enum ('gps', 'map', 'address');
create type coordinate_system as enum ('wgs84', 'gcj02', 'bd09');
create type vulnerable_flag as enum (
  'minor', 'elderly', 'disabled', 'limited_mobility', 'pregnant', 'ill', 'injured',
  'mental_disorder', 'drunk', 'thinly_dressed', 'unresponsive', 'alone', 'with_infant'
);
create type need as enum ('coat', 'quilt', 'food', 'hot_water', 'contact_card', 'medicine', 'heat_pack', 'shelter', 'ambulance');
create type sighting_state as enum ('live', 'closed', 'withdrawn', 'expired');
create type sighting_closing as enum ('attended', 'duplicate', 'mistaken', 'other');
create type sighting_progress as enum ('received', 'on_the_way', 'reached', 'not_found', 'closed');
create type placement_kind as enum ('apart', 'with');

-- Clusters and what is told of sightings and clusters are written for each report, by one statement each and only
-- while the city's row is held: rows they could refer to in vain are made in the same transaction and never deleted.
-- So no foreign keys from clusters, sighting_history and cluster_timeline: their checks, row by row, were a tenth of
-- the database's work. Those of sightings stay.
create table clusters (
  city_id text not null,
  id uuid not null,
  open boolean not null default true,
  center geography (point, 4326) not null,
  radius_meters real not null check (radius_meters >= 0),
  headcount_low integer not null check (headcount_low >= 0),
  headcount_likely integer not null check (headcount_likely >= headcount_low),
  report_count integer not null check (report_count >= 0),
  reports_by_kind jsonb not null,
  flags vulnerable_flag[] not null default '{}',
  needs need[] not null default '{}',
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  -- the last time a team stood here
  attended_at timestamptz,
  not_found_count integer not null default 0,
  by_hand boolean not null default false,
  created_at timestamptz not null,
  ended_at timestamptz,
  end_reason text check (end_reason in ('merged', 'emptied')),
  merged_into uuid,
  primary key (city_id, id),
  check (open = (ended_at is null)),
  check (open = (end_reason is null)),
  check ((end_reason = 'merged') = (merged_into is not null) or open)
);
create index clusters_open on clusters (city_id) where open;

create table sightings (
  city_id text not null references cities (id),
  id uuid not null,
  position geography (point, 4326) not null,
  accuracy_meters real not null check (accuracy_meters between 0 and 5000),
  position_source position_source not null,
  address_text text not null default '' check (length(address_text) <= 300),
  received_system coordinate_system not null,
  received_lon double precision not null,
  received_lat double precision not null,
  -- H3 resolution-9 cell of the position (latLngToCell(lat, lon, 9)); whoever writes the position writes the
  -- cell with it and calls zones' touchCells with the old and the new one
  cell text not null check (length(cell) = 15),
  seen_at timestamptz not null,
  received_at timestamptz not null,
  headcount smallint not null check (headcount between 1 and 200),
  flags vulnerable_flag[] not null default '{}',
  needs need[] not null default '{}',
  note text not null default '' check (length(note) <= 2000),
  reporter_kind reporter_kind not null,
  reporter_id uuid,
  device_id uuid,
  tracking_code text check (tracking_code ~ '^[0-9A-HJKMNP-TV-Z]{8}$'),
  contact_phone text not null default '' check (length(contact_phone) <= 40),
  state sighting_state not null default 'live',
  closing sighting_closing,
  duplicate_of uuid,
  progress sighting_progress not null default 'received',
  version integer not null default 1,
  -- what the grouping knows of it while it is live
  is_core boolean not null default false,
  component_id uuid,
  cluster_id uuid,
  placement placement_kind,
  placement_anchor uuid,
  placed_by uuid,
  placed_at timestamptz,
  primary key (city_id, id),
  unique (city_id, tracking_code),
  foreign key (city_id, reporter_id) references users (city_id, id),
  foreign key (city_id, cluster_id) references clusters (city_id, id),
  foreign key (city_id, duplicate_of) references sightings (city_id, id),
  check ((state = 'closed') = (closing is not null)),
  check ((closing is not distinct from 'duplicate') = (duplicate_of is not null)),
  check (duplicate_of <> id),
  check ((placement is not distinct from 'with') = (placement_anchor is not null)),
  check (seen_at <= received_at + interval '5 minutes')
);
create index sightings_live_position on sightings using gist (position) where state = 'live';
create index sightings_live_component on sightings (city_id, component_id) where state = 'live';
create index sightings_by_cell on sightings (city_id, cell, seen_at);
create index sightings_live_seen on sightings (city_id, seen_at) where state = 'live';
create index sightings_live_anchor on sightings (city_id, placement_anchor) where state = 'live' and placement_anchor is not null;
create index sightings_by_cluster on sightings (city_id, cluster_id);
create index sightings_by_reporter on sightings (city_id, reporter_id, received_at desc) where reporter_id is not null;
create index sightings_by_device on sightings (city_id, device_id, received_at desc) where device_id is not null;
create index sightings_by_received on sightings (city_id, received_at desc);

create table sighting_history (
  city_id text not null,
  sighting_id uuid not null,
  version integer not null,
  at timestamptz not null,
  user_id uuid,
  device_id uuid,
  change text not null check (change in ('recorded', 'edited', 'withdrawn', 'duplicate', 'closed', 'expired', 'placed', 'released')),
  before jsonb not null default '{}',
  after jsonb not null default '{}',
  primary key (city_id, sighting_id, version)
);

create table cluster_timeline (
  city_id text not null,
  id uuid not null,
  cluster_id uuid not null,
  at timestamptz not null,
  user_id uuid,
  kind text not null,
  details jsonb not null default '{}',
  primary key (city_id, id)
);
create index cluster_timeline_by_cluster on cluster_timeline (city_id, cluster_id, at);
