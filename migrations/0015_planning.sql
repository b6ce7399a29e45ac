-- The plan of the night, what people decided about it, and what each dispatch carries along for its crew.

-- A visit that is owed can be sent to like a place: also where the place itself has ended.
alter table dispatches add column recheck_id uuid;
alter table dispatches add foreign key (city_id, recheck_id) references rechecks (city_id, id);
drop index one_active_dispatch_per_cluster;
create unique index one_active_dispatch_per_cluster on dispatches (city_id, cluster_id)
  where ended_at is null and not supporting and recheck_id is null;
create unique index one_active_dispatch_per_recheck on dispatches (city_id, recheck_id)
  where ended_at is null and recheck_id is not null;
-- Who declined lately is asked each time the night is read.
create index dispatches_declined on dispatches (city_id, ended_at) where state = 'declined';

create table plans (
  city_id text primary key references cities (id),
  revision integer not null check (revision > 0),
  made_at timestamptz not null,
  -- the planner's own form, which the next plan is repaired from
  plan jsonb not null,
  -- what screens read
  view jsonb not null
);

-- Which server plans for the city, for as long as it says so; and who let the city send by itself.
create table planning_states (
  city_id text primary key references cities (id),
  holder uuid,
  held_until timestamptz,
  auto_by uuid,
  auto_since timestamptz,
  foreign key (city_id, auto_by) references users (city_id, id),
  check ((holder is null) = (held_until is null)),
  check ((auto_by is null) = (auto_since is null))
);

-- A dispatcher's hand: this team for this job, and where in its order.
create table job_pins (
  city_id text not null references cities (id),
  -- 'cluster:<id>' or 'recheck:<id>'
  job_id text not null check (job_id ~ '^(cluster|recheck):[0-9a-f-]{36}$'),
  team_id uuid not null,
  before_job_id text check (before_job_id ~ '^(cluster|recheck):[0-9a-f-]{36}$'),
  pinned_by uuid not null,
  pinned_at timestamptz not null,
  primary key (city_id, job_id),
  foreign key (city_id, team_id) references teams (city_id, id),
  foreign key (city_id, pinned_by) references users (city_id, id)
);

-- Not this team for this job, tonight.
create table plan_dismissals (
  city_id text not null references cities (id),
  job_id text not null check (job_id ~ '^(cluster|recheck):[0-9a-f-]{36}$'),
  team_id uuid not null,
  dismissed_by uuid not null,
  dismissed_at timestamptz not null,
  primary key (city_id, job_id, team_id),
  foreign key (city_id, team_id) references teams (city_id, id),
  foreign key (city_id, dismissed_by) references users (city_id, id)
);

create table dispatch_tasks (
  city_id text not null,
  dispatch_id uuid not null,
  -- the stop, the house afterwards and what would come next
  task jsonb not null,
  updated_at timestamptz not null,
  primary key (city_id, dispatch_id),
  foreign key (city_id, dispatch_id) references dispatches (city_id, id)
);
