-- Weather as it comes in: where from, what was told last, and the hours that were.

create table weather_sources (
  city_id text not null references cities (id),
  id uuid not null,
  kind text not null check (kind in ('open_meteo', 'qweather', 'cap_feed', 'hand')),
  name text not null check (length(name) <= 100),
  address text not null check (length(address) <= 500),
  -- never leaves the server
  key text,
  enabled boolean not null,
  places jsonb not null default '[]',
  grid boolean not null default false,
  -- what was asked last: conditional requests, alerts read already
  memory jsonb not null default '{}',
  -- when what is known was told: the provider's own time of issue where it says one
  told_at timestamptz,
  last_answer_at timestamptz,
  last_attempt_at timestamptz,
  next_attempt_at timestamptz,
  -- in a row
  failures integer not null default 0 check (failures >= 0),
  faults jsonb not null default '[]',
  -- which server asks just now, and until when nobody else does
  claimed_by uuid,
  claimed_until timestamptz,
  primary key (city_id, id),
  check ((claimed_by is null) = (claimed_until is null))
);
create index weather_sources_due on weather_sources (next_attempt_at) where enabled and kind <> 'hand';
create unique index one_hand_per_city on weather_sources (city_id) where kind = 'hand';

create table weather_points (
  city_id text not null,
  source_id uuid not null,
  -- of the provider
  id text not null check (length(id) <= 200),
  name text not null,
  kind text not null check (kind in ('station', 'grid')),
  lon double precision not null check (lon between -180 and 180),
  lat double precision not null check (lat between -90 and 90),
  issued_at timestamptz not null,
  -- columns of hours, each with the moment it was told
  hours jsonb not null,
  primary key (city_id, source_id, id),
  foreign key (city_id, source_id) references weather_sources (city_id, id) on delete cascade
);

create table weather_warnings (
  city_id text not null,
  source_id uuid not null,
  -- of the sender
  id text not null check (length(id) <= 500),
  from_at timestamptz not null,
  until_at timestamptz not null,
  warning jsonb not null,
  primary key (city_id, source_id, id),
  foreign key (city_id, source_id) references weather_sources (city_id, id) on delete cascade
);
-- What an update or a cancel took back: it doesn't return when its own message comes late.
create table weather_withdrawn (
  city_id text not null,
  source_id uuid not null,
  id text not null check (length(id) <= 500),
  withdrawn_at timestamptz not null,
  primary key (city_id, source_id, id),
  foreign key (city_id, source_id) references weather_sources (city_id, id) on delete cascade
);

-- Typed at the desk; a later word about the same hour replaces the earlier one.
create table weather_hand_hours (
  city_id text not null references cities (id),
  at timestamptz not null,
  temperature_celsius double precision not null check (temperature_celsius between -80 and 50),
  wind_kmh double precision not null check (wind_kmh between 0 and 300),
  precipitation_mm double precision check (precipitation_mm between 0 and 500),
  falling text check (falling in ('none', 'rain', 'freezing_rain', 'sleet', 'snow')),
  typed_by uuid not null,
  typed_at timestamptz not null,
  primary key (city_id, at),
  foreign key (city_id, typed_by) references users (city_id, id)
);

-- The city's hours as they were, for statistics and for the forecast of people outside.
create table weather_hours (
  city_id text not null references cities (id),
  at timestamptz not null,
  temperature_celsius real not null,
  wind_kmh real,
  precipitation_mm real,
  falling text,
  felt_celsius real,
  primary key (city_id, at)
);

-- Which state of the weather screens have been told of.
create table weather_states (
  city_id text primary key references cities (id),
  revision integer not null check (revision > 0),
  fingerprint text not null
);
