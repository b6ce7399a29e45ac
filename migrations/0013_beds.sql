-- Places by kind with counters that cannot be overbooked, the holds and stays behind them, and decisions about shelters.
create type station_kind as enum ('station', 'shelter');
create type bed_kind as enum ('men', 'women', 'family', 'minors', 'isolation', 'wheelchair', 'general');
create type hold_state as enum ('held', 'arrived', 'released', 'expired');
create type arrival as enum ('escorted', 'walk_in', 'brought_by_others');

alter table stations
  add column kind station_kind not null default 'station',
  -- local hours people can be brought; equal = day and night
  add column from_hour smallint not null default 0 check (from_hour between 0 and 23),
  add column to_hour smallint not null default 0 check (to_hour between 0 and 23),
  add column contact text not null default '' check (length(contact) <= 100),
  add column set_up_minutes integer check (set_up_minutes between 0 and 10080),
  add column open_changed_at timestamptz,
  -- how it stood in one word when everybody was last told: a bed more or less is the staff's to hear of
  add column told_light text;

create table station_places (
  city_id text not null,
  station_id uuid not null,
  kind bed_kind not null,
  total integer not null check (total between 0 and 10000),
  held integer not null default 0 check (held >= 0),
  taken integer not null default 0 check (taken >= 0),
  -- out of use, or in use by somebody who isn't in the book
  blocked integer not null default 0 check (blocked >= 0),
  primary key (city_id, station_id, kind),
  foreign key (city_id, station_id) references stations (city_id, id),
  -- Holds whoever writes, with or without the city's lock.
  constraint no_overbooking check (held + taken + blocked <= total)
);
-- Who was in the house before there was a book is unknown: those places are in use by somebody who isn't in it.
insert into station_places (city_id, station_id, kind, total, blocked)
  select city_id, id, 'general', beds_total, beds_total - beds_free from stations where beds_total > 0;
alter table stations drop column beds_free, drop column beds_total;

create table bed_holds (
  city_id text not null,
  id uuid not null,
  station_id uuid not null,
  kind bed_kind not null,
  places smallint not null check (places between 1 and 100),
  state hold_state not null default 'held',
  -- false: brought although nothing was free; counted beside the places
  within_places boolean not null default true,
  dispatch_id uuid,
  team_id uuid,
  cluster_id uuid,
  -- of the person who is in the vehicle already
  encounter_id uuid,
  expected_at timestamptz not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (city_id, id),
  foreign key (city_id, station_id) references stations (city_id, id),
  foreign key (city_id, dispatch_id) references dispatches (city_id, id) deferrable initially deferred,
  foreign key (city_id, team_id) references teams (city_id, id),
  foreign key (city_id, cluster_id) references clusters (city_id, id),
  foreign key (city_id, encounter_id) references encounters (city_id, id) deferrable initially deferred,
  check ((state = 'held') = (ended_at is null)),
  check (encounter_id is null or places = 1),
  check (within_places or encounter_id is not null)
);
create index bed_holds_live on bed_holds (city_id, expires_at) where state = 'held';
create index bed_holds_by_station on bed_holds (city_id, station_id, created_at);
create index bed_holds_by_dispatch on bed_holds (city_id, dispatch_id) where dispatch_id is not null;
-- One person is expected at one house.
create unique index one_hold_per_encounter on bed_holds (city_id, encounter_id) where encounter_id is not null;

-- How fast a house fills is asked for the last hours.
create index bed_holds_lately on bed_holds (city_id, created_at);

create table stays (
  city_id text not null,
  id uuid not null,
  station_id uuid not null,
  kind bed_kind not null,
  within_places boolean not null,
  how arrival not null,
  hold_id uuid,
  encounter_id uuid,
  -- a bed or a number, not a name
  label text not null default '' check (length(label) <= 40),
  note text not null default '' check (length(note) <= 500),
  arrived_at timestamptz not null,
  left_at timestamptz,
  left_to text not null default '' check (length(left_to) <= 200),
  checked_in_by uuid not null,
  checked_out_by uuid,
  primary key (city_id, id),
  foreign key (city_id, station_id) references stations (city_id, id),
  foreign key (city_id, hold_id) references bed_holds (city_id, id),
  foreign key (city_id, encounter_id) references encounters (city_id, id),
  foreign key (city_id, checked_in_by) references users (city_id, id),
  foreign key (city_id, checked_out_by) references users (city_id, id),
  check ((left_at is null) = (checked_out_by is null)),
  check (left_at >= arrived_at)
);
create index stays_in_house on stays (city_id, station_id, arrived_at) where left_at is null;
create index stays_left on stays (city_id, left_at) where left_at is not null;
create index stays_lately on stays (city_id, arrived_at);
create unique index one_stay_per_hold on stays (city_id, hold_id) where hold_id is not null;

-- Opening or closing a shelter: who, when, why.
create table shelter_decisions (
  city_id text not null,
  id uuid not null,
  station_id uuid not null,
  open boolean not null,
  reason text not null check (length(reason) between 1 and 500),
  decided_by uuid not null,
  decided_at timestamptz not null,
  primary key (city_id, id),
  foreign key (city_id, station_id) references stations (city_id, id),
  foreign key (city_id, decided_by) references users (city_id, id)
);
create index shelter_decisions_by_station on shelter_decisions (city_id, station_id, decided_at);
