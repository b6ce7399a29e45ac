-- What devices in the field did, once each, whenever it arrives; and what became of it when the world had moved on.
create type field_result as enum ('applied', 'overtaken', 'conflict');
create type conflict_kind as enum ('dispatch_gone', 'recheck_settled', 'sighting_ended', 'shift_replaced');

create table conflicts (
  city_id text not null references cities (id),
  id uuid not null,
  kind conflict_kind not null,
  -- the kind of the action that met it; of several, the last
  action text not null,
  team_id uuid,
  user_id uuid not null,
  dispatch_id uuid,
  cluster_id uuid,
  recheck_id uuid,
  sighting_id uuid,
  -- who has it now
  other_team_id uuid,
  -- when the action happened, as the device says; and when it was heard of
  at timestamptz not null,
  received_at timestamptz not null,
  -- [{"action": …, "at": …, "held": {…}}, …]: what the actions that met it held, read by the desk alone
  details jsonb not null default '[]' check (jsonb_typeof(details) = 'array'),
  settled_at timestamptz,
  settled_by uuid,
  primary key (city_id, id),
  foreign key (city_id, user_id) references users (city_id, id),
  foreign key (city_id, dispatch_id) references dispatches (city_id, id),
  foreign key (city_id, cluster_id) references clusters (city_id, id),
  check ((settled_at is null) = (settled_by is null))
);
create index conflicts_open on conflicts (city_id, received_at) where settled_at is null;

create table field_actions (
  city_id text not null references cities (id),
  id uuid not null,
  kind text not null check (length(kind) between 1 and 40),
  user_id uuid not null,
  team_id uuid,
  at timestamptz not null,
  received_at timestamptz not null,
  result field_result not null,
  conflict_id uuid,
  -- what the device was answered, so that a resend hears the same
  answer jsonb not null default '{}',
  primary key (city_id, id),
  foreign key (city_id, user_id) references users (city_id, id),
  foreign key (city_id, conflict_id) references conflicts (city_id, id),
  check ((result = 'conflict') = (conflict_id is not null))
);
