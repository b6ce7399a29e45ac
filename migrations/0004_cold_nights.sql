-- The declared night, the drawn zones, and what is known of each cold cell.
create type response_level as enum ('blue', 'yellow', 'orange', 'red');

create table activations (
  city_id text not null references cities (id),
  id uuid not null,
  level response_level not null,
  temperature_celsius real not null check (temperature_celsius between -80 and 50),
  wind_kmh real not null check (wind_kmh between 0 and 300),
  felt_celsius real not null,
  note text not null default '' check (length(note) <= 500),
  declared_by uuid not null,
  declared_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  primary key (city_id, id),
  foreign key (city_id, declared_by) references users (city_id, id),
  foreign key (city_id, ended_by) references users (city_id, id),
  check ((ended_at is null) = (ended_by is null))
);
-- A change of level ends one record and begins the next: there is never more than one in force.
create unique index one_activation_in_force on activations (city_id) where ended_at is null;

create table zones (
  city_id text not null references cities (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  boundary geography (polygon, 4326) not null check (st_isvalid (boundary::geometry)),
  weight real not null check (weight between 0.1 and 10),
  -- local hours it counts in; equal = the whole day
  from_hour smallint not null check (from_hour between 0 and 23),
  to_hour smallint not null check (to_hour between 0 and 23),
  note text not null default '' check (length(note) <= 500),
  removed_at timestamptz,
  primary key (city_id, id)
);

-- Facts of one H3 resolution-9 cell; the score is a pure function of these, the felt temperature and the time.
-- Rewritten with nearly every report, only while the city's row is held: no foreign key to it.
create table cold_cells (
  city_id text not null,
  cell text not null check (length(cell) = 15),
  -- people in live sightings here (likely headcount of the clusters' spots in the cell)
  live_people integer not null default 0 check (live_people >= 0),
  -- sightings of the last 14 nights, any state but withdrawn
  recent_sightings integer not null default 0 check (recent_sightings >= 0),
  last_sighting_at timestamptz,
  last_visit_at timestamptz,
  primary key (city_id, cell)
);
