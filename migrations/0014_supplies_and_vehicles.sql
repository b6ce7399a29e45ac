-- What teams can do and until when, what they drive, and the book of what is given to people.
alter table teams
  add column skills text[] not null default '{}'
    check (skills <@ array['medical', 'female_member', 'sign_language', 'minority_language']),
  -- of the shift that runs; null = nobody said
  add column shift_ends_at timestamptz,
  add column break_from_at timestamptz,
  add column break_minutes integer not null default 0 check (break_minutes between 0 and 240),
  add constraint duty_of_those_on_duty
    check (on_duty or (shift_ends_at is null and break_from_at is null and break_minutes = 0));

alter table shifts add column planned_end_at timestamptz;

create type travel_mode as enum ('van', 'car', 'ebike', 'foot');
create type vehicle_state as enum ('ready', 'broken');

create table vehicles (
  city_id text not null references cities (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 60),
  plate text not null default '' check (length(plate) <= 20),
  mode travel_mode not null,
  -- for people who are brought along, beside the crew; of those, with room for a wheelchair
  seats smallint not null check (seats between 0 and 60),
  wheelchairs smallint not null check (wheelchairs between 0 and 20),
  state vehicle_state not null default 'ready',
  team_id uuid,
  removed_at timestamptz,
  primary key (city_id, id),
  foreign key (city_id, team_id) references teams (city_id, id),
  check (removed_at is null or team_id is null)
);
create unique index one_vehicle_per_team on vehicles (city_id, team_id) where team_id is not null;

create table depots (
  city_id text not null references cities (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  position geography (point, 4326) not null,
  removed_at timestamptz,
  primary key (city_id, id)
);

create type store_kind as enum ('depot', 'station', 'team');
create type movement_kind as enum ('receive', 'load', 'give_out', 'return', 'lose', 'count');

-- The book: append-only. What lies in a store is the sum of its lines: what came in, less what went out, and for a
-- count the difference to what the book said.
create table supply_movements (
  city_id text not null references cities (id),
  seq bigint not null check (seq >= 1),
  id uuid not null,
  kind movement_kind not null,
  item need not null check (item not in ('shelter', 'ambulance')),
  quantity integer not null check (quantity >= 0),
  from_kind store_kind,
  from_id uuid,
  to_kind store_kind,
  to_id uuid,
  encounter_id uuid,
  booked_before integer check (booked_before >= 0),
  -- written by the book itself, where something that is known makes it differ from what it said
  corrected boolean not null default false,
  recorded_by uuid not null,
  note text not null default '' check (length(note) <= 300),
  at timestamptz not null,
  received_at timestamptz not null,
  primary key (city_id, seq),
  unique (city_id, id),
  foreign key (city_id, recorded_by) references users (city_id, id),
  foreign key (city_id, encounter_id) references encounters (city_id, id),
  check ((from_kind is null) = (from_id is null)),
  check ((to_kind is null) = (to_id is null)),
  check ((kind in ('receive', 'count')) = (from_kind is null)),
  check ((kind in ('give_out', 'lose')) = (to_kind is null)),
  check (from_id is distinct from to_id or from_kind is distinct from to_kind),
  check ((kind = 'give_out') = (encounter_id is not null)),
  check ((kind = 'count') = (booked_before is not null)),
  check (kind = 'count' or not corrected),
  check (kind = 'count' or quantity > 0)
);
create unique index one_line_per_gift on supply_movements (city_id, encounter_id, item) where encounter_id is not null;
create index supply_movements_from on supply_movements (city_id, from_kind, from_id, item, at) where from_id is not null;
create index supply_movements_to on supply_movements (city_id, to_kind, to_id, item, at) where to_id is not null;
create index supply_gifts_by_time on supply_movements (city_id, at) where kind = 'give_out';

create function refuse_movement_change () returns trigger language plpgsql as $$
begin
  raise exception 'the movement book is append-only' using errcode = 'restrict_violation', constraint = 'movements_append_only';
end $$;
create trigger movements_append_only before update or delete on supply_movements for each row execute function refuse_movement_change ();
create trigger movements_never_emptied before truncate on supply_movements for each statement execute function refuse_movement_change ();

-- What lies where now: kept up with every line of the book in its transaction, and never less than nothing.
create table stock_levels (
  city_id text not null references cities (id),
  store_kind store_kind not null,
  store_id uuid not null,
  item need not null check (item not in ('shelter', 'ambulance')),
  quantity integer not null check (quantity >= 0),
  changed_at timestamptz not null,
  primary key (city_id, store_kind, store_id, item)
);
