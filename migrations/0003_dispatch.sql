-- Who was sent where, what they met there, and the visits still owed.
create type dispatch_state as enum ('offered', 'accepted', 'en_route', 'on_scene', 'closed', 'declined', 'cancelled');
create type outcome as enum ('aided_on_street', 'escorted', 'refused', 'hospital', 'police', 'not_found', 'already_left');

create table dispatches (
  city_id text not null references cities (id),
  id uuid not null,
  cluster_id uuid not null,
  team_id uuid not null,
  state dispatch_state not null default 'offered',
  -- true once its cluster merged into one that another team was already sent to
  supporting boolean not null default false,
  target geography (point, 4326) not null,
  note text not null default '' check (length(note) <= 500),
  decline_reason text check (length(decline_reason) between 1 and 500),
  offered_by uuid not null,
  offered_at timestamptz not null,
  accepted_at timestamptz,
  en_route_at timestamptz,
  on_scene_at timestamptz,
  ended_at timestamptz,
  primary key (city_id, id),
  foreign key (city_id, cluster_id) references clusters (city_id, id),
  foreign key (city_id, team_id) references teams (city_id, id),
  foreign key (city_id, offered_by) references users (city_id, id),
  check ((state in ('closed', 'declined', 'cancelled')) = (ended_at is not null)),
  check ((state = 'declined') = (decline_reason is not null))
);
-- Two dispatchers in the same second: one wins.
create unique index one_active_dispatch_per_cluster on dispatches (city_id, cluster_id) where ended_at is null and not supporting;
create unique index one_active_dispatch_per_team on dispatches (city_id, team_id) where ended_at is null;
create index dispatches_by_cluster on dispatches (city_id, cluster_id, offered_at);

create table dispatch_edges (
  from_state dispatch_state not null,
  to_state dispatch_state not null,
  primary key (from_state, to_state)
);
insert into dispatch_edges (from_state, to_state) values
  ('offered', 'accepted'), ('offered', 'declined'), ('offered', 'cancelled'),
  ('accepted', 'en_route'), ('accepted', 'declined'), ('accepted', 'cancelled'),
  ('en_route', 'on_scene'), ('en_route', 'cancelled'),
  ('on_scene', 'closed');

create function check_dispatch_edge () returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'offered' then
      raise exception 'a dispatch starts as offered, not %', new.state using errcode = 'check_violation', constraint = 'dispatch_edge';
    end if;
  elsif new.state <> old.state and not exists (
    select 1 from dispatch_edges e where e.from_state = old.state and e.to_state = new.state
  ) then
    raise exception 'a dispatch cannot go from % to %', old.state, new.state using errcode = 'check_violation', constraint = 'dispatch_edge';
  end if;
  return new;
end $$;
create trigger dispatch_edge before insert or update of state on dispatches for each row execute function check_dispatch_edge ();

create table encounters (
  city_id text not null references cities (id),
  id uuid not null,
  cluster_id uuid not null,
  dispatch_id uuid,
  recheck_id uuid,
  team_id uuid,
  recorded_by uuid not null,
  outcome outcome not null,
  position geography (point, 4326) not null,
  flags vulnerable_flag[] not null default '{}',
  station_id uuid,
  note text not null default '' check (length(note) <= 2000),
  met_at timestamptz not null,
  received_at timestamptz not null,
  primary key (city_id, id),
  foreign key (city_id, cluster_id) references clusters (city_id, id),
  foreign key (city_id, dispatch_id) references dispatches (city_id, id),
  foreign key (city_id, team_id) references teams (city_id, id),
  foreign key (city_id, station_id) references stations (city_id, id),
  foreign key (city_id, recorded_by) references users (city_id, id)
);
create index encounters_by_cluster on encounters (city_id, cluster_id, met_at);

create table encounter_items (
  city_id text not null,
  encounter_id uuid not null,
  item need not null check (item not in ('shelter', 'ambulance')),
  quantity smallint not null check (quantity between 1 and 100),
  primary key (city_id, encounter_id, item),
  foreign key (city_id, encounter_id) references encounters (city_id, id)
);

create table rechecks (
  city_id text not null references cities (id),
  id uuid not null,
  encounter_id uuid not null,
  cluster_id uuid not null,
  position geography (point, 4326) not null,
  flags vulnerable_flag[] not null default '{}',
  outcome outcome not null,
  due_at timestamptz not null,
  created_at timestamptz not null,
  -- set only by the encounter of the visit itself: a recheck never closes by itself
  done_at timestamptz,
  done_by_encounter uuid,
  primary key (city_id, id),
  foreign key (city_id, encounter_id) references encounters (city_id, id),
  foreign key (city_id, done_by_encounter) references encounters (city_id, id),
  foreign key (city_id, cluster_id) references clusters (city_id, id),
  check ((done_at is null) = (done_by_encounter is null))
);
create index rechecks_open on rechecks (city_id, due_at) where done_at is null;
alter table encounters add foreign key (city_id, recheck_id) references rechecks (city_id, id);
