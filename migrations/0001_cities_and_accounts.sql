-- Cities, the people who work in them, and the numbered event log every screen follows.
create extension if not exists postgis;

create table cities (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{1,39}$'),
  name_zh text not null check (length(name_zh) between 1 and 100),
  name_en text not null check (length(name_en) between 1 and 100),
  time_zone text not null,
  boundary geography (multipolygon, 4326) not null check (st_isvalid (boundary::geometry)),
  center geography (point, 4326) not null,
  hotline text not null default '110' check (length(hotline) between 3 and 40),
  settings jsonb not null default '{}',
  demo boolean not null default false,
  -- Also the city's lock: whoever appends events holds this row, so numbers become visible in order.
  last_event_seq bigint not null default 0,
  created_at timestamptz not null default now()
);

create type account_role as enum ('reporter', 'patrol', 'dispatcher', 'station_manager', 'administrator', 'auditor');
create type reporter_kind as enum ('patrol', 'sanitation', 'courier', 'taxi', 'volunteer', 'grid_worker', 'public', 'hotline', 'partner');

create table areas (
  city_id text not null references cities (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  boundary geography (polygon, 4326) not null check (st_isvalid (boundary::geometry)),
  removed_at timestamptz,
  primary key (city_id, id)
);

create table stations (
  city_id text not null references cities (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  address text not null default '' check (length(address) <= 300),
  phone text not null default '' check (length(phone) <= 40),
  position geography (point, 4326) not null,
  beds_total integer not null check (beds_total between 0 and 10000),
  beds_free integer not null check (beds_free between 0 and beds_total),
  beds_updated_at timestamptz not null default now(),
  open boolean not null default true,
  removed_at timestamptz,
  primary key (city_id, id)
);

create table teams (
  city_id text not null references cities (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  call_sign text not null check (length(call_sign) between 1 and 12),
  vehicle text not null default '' check (length(vehicle) <= 60),
  area_id uuid,
  on_duty boolean not null default false,
  position geography (point, 4326),
  position_accuracy_meters real check (position_accuracy_meters >= 0),
  heading_degrees real check (heading_degrees >= 0 and heading_degrees < 360),
  positioned_at timestamptz,
  removed_at timestamptz,
  primary key (city_id, id),
  foreign key (city_id, area_id) references areas (city_id, id),
  check ((position is null) = (positioned_at is null))
);

create table users (
  city_id text not null references cities (id),
  id uuid not null,
  username text not null check (username ~ '^[a-z0-9][a-z0-9._-]{1,39}$'),
  display_name text not null check (length(display_name) between 1 and 60),
  role account_role not null,
  reporter_kind reporter_kind,
  team_id uuid,
  station_id uuid,
  password_hash text not null,
  language text not null default 'zh-CN' check (language in ('zh-CN', 'en')),
  disabled_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (city_id, id),
  unique (city_id, username),
  foreign key (city_id, team_id) references teams (city_id, id),
  foreign key (city_id, station_id) references stations (city_id, id),
  check (role <> 'reporter' or reporter_kind is not null)
);

create table sessions (
  token_hash bytea primary key,
  city_id text not null,
  user_id uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  foreign key (city_id, user_id) references users (city_id, id) on delete cascade
);
create index sessions_by_user on sessions (city_id, user_id);

-- One-time links: the first administrator, later invitations. Without a city it makes the first one too.
create table setup_links (
  token_hash bytea primary key,
  city_id text references cities (id),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);

-- Counters behind every limit (log-in attempts, public tips); a row is one key in one window.
create table rate_counters (
  key text not null check (length(key) <= 200),
  window_start timestamptz not null,
  hits integer not null,
  primary key (key, window_start)
);

create table audit_entries (
  city_id text not null references cities (id),
  id uuid not null,
  at timestamptz not null default now(),
  user_id uuid,
  action text not null,
  subject text not null default '',
  details jsonb not null default '{}',
  primary key (city_id, id)
);
create index audit_entries_by_time on audit_entries (city_id, at desc);

-- Written by one statement alone, in transactions that hold the city's row: that the city is there needs no check
-- for each of the many rows.
create table events (
  city_id text not null,
  seq bigint not null,
  at timestamptz not null,
  kind text not null,
  -- 'public', 'staff', 'user:<id>' or 'device:<id>'
  audience text not null,
  -- H3 resolution-6 cells this event touches; empty = the whole city
  cells text[] not null default '{}',
  -- kept and sent as it was written, never searched
  payload json not null,
  primary key (city_id, seq)
);
