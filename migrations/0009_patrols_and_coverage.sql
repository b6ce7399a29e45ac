-- Key points and when they were seen, shifts, the tracks of teams, and what follows from them.
create type key_point_kind as enum ('underpass', 'bridge', 'station', 'cash_machine', 'park', 'heating_vent', 'hospital', 'other');
create type visit_how as enum ('dwell', 'recorded');
create type agency as enum ('civil_affairs', 'police', 'urban_management', 'health', 'volunteer', 'other');
create type track_source as enum ('app', 'tracker');

create table key_points (
  city_id text not null references cities (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  kind key_point_kind not null,
  position geography (point, 4326) not null,
  radius_meters real not null check (radius_meters between 5 and 500),
  -- local hours to watch it; equal = the whole day
  from_hour smallint not null check (from_hour between 0 and 23),
  to_hour smallint not null check (to_hour between 0 and 23),
  -- how often it is to be seen within those hours
  normal_every_minutes integer not null check (normal_every_minutes between 10 and 10080),
  cold_every_minutes integer not null check (cold_every_minutes between 10 and 10080),
  note text not null default '' check (length(note) <= 500),
  source text not null check (source in ('drawn', 'imported', 'map')),
  -- of the file or the map it was taken from: taking it again changes it instead of adding one
  source_ref text check (length(source_ref) between 1 and 200),
  last_visit_at timestamptz,
  last_visit_how visit_how,
  last_visit_team_id uuid,
  removed_at timestamptz,
  primary key (city_id, id),
  unique (city_id, source, source_ref),
  check ((last_visit_at is null) = (last_visit_how is null))
);
create index key_points_position on key_points using gist (position) where removed_at is null;

create table shifts (
  city_id text not null references cities (id),
  id uuid not null,
  team_id uuid not null,
  area_id uuid,
  vehicle text not null default '' check (length(vehicle) <= 60),
  started_at timestamptz not null,
  started_by uuid not null,
  ended_at timestamptz check (ended_at >= started_at),
  -- null = no check-ins asked for
  check_in_minutes integer check (check_in_minutes between 5 and 720),
  last_check_in_at timestamptz not null,
  primary key (city_id, id),
  foreign key (city_id, team_id) references teams (city_id, id),
  foreign key (city_id, area_id) references areas (city_id, id),
  foreign key (city_id, started_by) references users (city_id, id)
);
create unique index one_open_shift_per_team on shifts (city_id, team_id) where ended_at is null;
create index shifts_by_start on shifts (city_id, started_at desc);

create table shift_members (
  city_id text not null,
  shift_id uuid not null,
  position smallint not null check (position between 0 and 99),
  name text not null check (length(name) between 1 and 60),
  agency agency not null,
  primary key (city_id, shift_id, position),
  foreign key (city_id, shift_id) references shifts (city_id, id)
);

-- A vehicle's tracker or a background app that reports for a team, known by the key in its address.
create table trackers (
  city_id text not null references cities (id),
  id uuid not null,
  team_id uuid not null,
  device_key text not null unique check (length(device_key) between 8 and 60),
  label text not null check (length(label) between 1 and 60),
  created_at timestamptz not null default now(),
  last_heard_at timestamptz,
  battery_percent real check (battery_percent between 0 and 100),
  revoked_at timestamptz,
  primary key (city_id, id),
  foreign key (city_id, team_id) references teams (city_id, id)
);

-- As they were received; the same moment of a team twice is the same point.
create table track_points (
  city_id text not null,
  team_id uuid not null,
  at timestamptz not null,
  lon double precision not null check (lon between -180 and 180),
  lat double precision not null check (lat between -90 and 90),
  accuracy_meters real not null check (accuracy_meters >= 0),
  speed_mps real check (speed_mps >= 0),
  heading_degrees real check (heading_degrees >= 0 and heading_degrees < 360),
  source track_source not null,
  received_at timestamptz not null,
  primary key (city_id, team_id, at)
);

-- What follows from the points of ten minutes of a team (and a little before and after): replaced as a whole when
-- points of that time come in, so that it depends on the points alone and not on their order.
create table track_slices (
  city_id text not null,
  team_id uuid not null,
  slice_at timestamptz not null,
  points_kept integer not null,
  points_dropped integer not null,
  meters real not null,
  -- covered stretches of streets: [[edge, from metre, to metre], …]
  stretches jsonb not null default '[]',
  -- which streets the numbers of edges are of; '' = none were on file
  streets text not null default '',
  -- stays at key points: [{"keyPointId": …, "from": …, "to": …, "lon": …, "lat": …}, …], times in ms since 1970
  dwells jsonb not null default '[]',
  -- of each minute with a fix its first: [[minute of the slice, lon, lat], …]
  minutes jsonb not null default '[]',
  -- key points whose dwell here is in the ledger, and whether any is still missing there
  recorded uuid[] not null default '{}',
  dwells_owed boolean not null default false,
  -- points came in, or the streets changed, and the facts were not brought up to date since; null = they hold
  stale_since timestamptz,
  primary key (city_id, team_id, slice_at)
);
create index track_slices_by_time on track_slices (city_id, slice_at);
create index track_slices_to_do on track_slices (city_id, team_id) where dwells_owed or stale_since is not null;

-- Proof of what was visited: append-only, each row carries the hash of the one before.
create table visit_ledger (
  city_id text not null references cities (id),
  seq bigint not null check (seq >= 1),
  id uuid not null,
  key_point_id uuid not null,
  team_id uuid,
  shift_id uuid,
  user_id uuid,
  how visit_how not null,
  visited_from timestamptz not null,
  visited_to timestamptz not null check (visited_to >= visited_from),
  lon double precision not null,
  lat double precision not null,
  note text not null default '' check (length(note) <= 500),
  recorded_at timestamptz not null,
  previous_hash bytea not null check (length(previous_hash) = 32),
  hash bytea not null check (length(hash) = 32),
  primary key (city_id, seq),
  unique (city_id, id),
  foreign key (city_id, key_point_id) references key_points (city_id, id)
);
create index visit_ledger_by_key_point on visit_ledger (city_id, key_point_id, visited_to desc);
create index visit_ledger_by_time on visit_ledger (city_id, visited_to);

create function refuse_ledger_change () returns trigger language plpgsql as $$
begin
  raise exception 'the visit ledger is append-only' using errcode = 'restrict_violation', constraint = 'ledger_append_only';
end $$;
create trigger ledger_append_only before update or delete on visit_ledger for each row execute function refuse_ledger_change ();
create trigger ledger_never_emptied before truncate on visit_ledger for each statement execute function refuse_ledger_change ();
