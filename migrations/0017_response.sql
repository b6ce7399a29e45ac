-- The response to a cold night: proposals and the record of decisions, what a level changes from when, alerts as published.
create type proposal_kind as enum ('declare', 'raise', 'lower', 'end');
create type proposal_state as enum ('open', 'accepted', 'dismissed', 'withdrawn');
create type response_step as enum ('declared', 'raised', 'lowered', 'changed', 'ended', 'dismissed');

create table response_proposals (
  city_id text not null references cities (id),
  id uuid not null,
  kind proposal_kind not null,
  level response_level,
  reasons jsonb not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  -- the night it is about: the local day of the noon before
  night date not null,
  temperature_celsius real,
  wind_kmh real,
  felt_celsius real,
  hours_missing integer not null check (hours_missing >= 0),
  -- made of what was older than it should be
  stale boolean not null,
  made_at timestamptz not null,
  state proposal_state not null default 'open',
  closed_at timestamptz,
  -- nobody: the weather withdrew it, or a rule followed it by itself
  closed_by uuid,
  primary key (city_id, id),
  foreign key (city_id, closed_by) references users (city_id, id),
  check ((kind = 'end') = (level is null)),
  check ((state = 'open') = (closed_at is null)),
  check (state <> 'dismissed' or closed_by is not null),
  check (state not in ('open', 'withdrawn') or closed_by is null)
);
create unique index one_open_proposal on response_proposals (city_id) where state = 'open';
create index response_proposals_by_night on response_proposals (city_id, night) where state = 'dismissed';

alter table activations
  add column drill boolean not null default false,
  add column reasons jsonb not null default '[]',
  add column by_rule boolean not null default false,
  add column until_at timestamptz,
  add column proposal_id uuid,
  add column ended_by_rule boolean not null default false,
  -- what a person declared that this one stands on, and until when: no rule goes below it before
  add column floor_level response_level,
  add column floor_until timestamptz,
  alter column declared_by drop not null,
  drop constraint activations_check,
  add foreign key (city_id, proposal_id) references response_proposals (city_id, id),
  add constraint declared_by_somebody check (by_rule = (declared_by is null)),
  add constraint ended_by_somebody check (
    case when ended_at is null then ended_by is null and not ended_by_rule else ended_by_rule = (ended_by is null) end
  ),
  add constraint drills_are_of_people check (not (drill and by_rule)),
  add constraint floor_has_level check (floor_level is not null or floor_until is null);
update activations set floor_level = level where ended_at is null;

-- What a level changed, from when on: the settings may be changed while it is in force.
create table activation_effects (
  city_id text not null,
  activation_id uuid not null,
  from_at timestamptz not null,
  effects jsonb not null,
  primary key (city_id, activation_id, from_at),
  foreign key (city_id, activation_id) references activations (city_id, id)
);

insert into activation_effects (city_id, activation_id, from_at, effects)
select a.city_id, a.id, a.declared_at, jsonb_build_object(
  'keyPointFactor', 1,
  'recheckHours', coalesce(c.settings -> 'recheckHours' -> case when a.level in ('orange', 'red') then a.level::text else 'normal' end, '4'),
  'weightFactor', 1, 'shelterIds', '[]'::jsonb, 'teamIds', '[]'::jsonb, 'callUp', '', 'publicZh', '', 'publicEn', '')
from activations a join cities c on c.id = a.city_id where a.ended_at is null;

-- Who decided what about a cold night, and why; only ever added to.
create table response_records (
  city_id text not null references cities (id),
  seq bigint not null check (seq > 0),
  step response_step not null,
  at timestamptz not null,
  by_id uuid,
  by_rule boolean not null,
  activation_id uuid,
  proposal_id uuid,
  level response_level,
  from_level response_level,
  drill boolean not null,
  temperature_celsius real,
  wind_kmh real,
  felt_celsius real,
  until_at timestamptz,
  reasons jsonb not null,
  note text not null,
  primary key (city_id, seq),
  foreign key (city_id, by_id) references users (city_id, id),
  foreign key (city_id, activation_id) references activations (city_id, id),
  foreign key (city_id, proposal_id) references response_proposals (city_id, id),
  check (by_rule = (by_id is null)),
  check (activation_id is not null or step = 'dismissed')
);

insert into response_records (city_id, seq, step, at, by_id, by_rule, activation_id, level, from_level, drill,
  temperature_celsius, wind_kmh, felt_celsius, reasons, note)
select city_id, row_number() over (partition by city_id order by at, is_end desc, id), step, at, by_id, false, id, level,
  from_level, false, temperature_celsius, wind_kmh, felt_celsius, '[]', note
from (
  with told as (
    select a.*, lag(level) over nights as level_before, lag(ended_at) over nights as ended_before,
      lead(declared_at) over nights as next_at
    from activations a window nights as (partition by city_id order by declared_at, id)
  ), joined as (
    select told.*, case when ended_before = declared_at then level_before end as from_level from told
  )
  select city_id, id, declared_at as at, false as is_end, declared_by as by_id, level, from_level,
    temperature_celsius, wind_kmh, felt_celsius, note,
    (case when from_level is null then 'declared' when level > from_level then 'raised'
      when level < from_level then 'lowered' else 'changed' end)::response_step as step
  from joined
  union all
  select city_id, id, ended_at, true, ended_by, level, level, temperature_celsius, wind_kmh, felt_celsius, '', 'ended'
  from joined where ended_at is not null and ended_at is distinct from next_at
) as decided;

-- Alerts in the Common Alerting Protocol, as they were published: nothing in a row is changed afterwards.
create table cap_messages (
  city_id text not null references cities (id),
  identifier text not null check (identifier ~ '^[a-z0-9-]+$'),
  -- the declaration it began with: what refers to one another has the same
  alert_id uuid not null,
  activation_id uuid not null,
  place integer not null check (place > 0),
  kind text not null check (kind in ('Alert', 'Update', 'Cancel')),
  sender text not null,
  sent_at timestamptz not null,
  -- as it is written in the message, which later ones refer to word for word
  sent text not null,
  expires_at timestamptz not null,
  title text not null,
  xml text not null,
  primary key (city_id, identifier),
  unique (city_id, alert_id, place),
  foreign key (city_id, activation_id) references activations (city_id, id)
);
create index cap_messages_by_time on cap_messages (city_id, sent_at desc);

-- A shelter that a cold night asks to be made ready is a decision about it too: by a person, or by a rule.
alter table shelter_decisions
  add column prepare boolean not null default false,
  alter column decided_by drop not null,
  add constraint opened_by_a_person check (prepare or decided_by is not null);
alter table stations
  add column prepare_since timestamptz,
  add constraint shelters_are_prepared check (prepare_since is null or (kind = 'shelter' and not open));

-- How soon somebody is visited again at a level is told by what the level changes; a city's own hours stay its own.
update cities set settings = jsonb_set(
  settings,
  '{response}',
  coalesce(settings -> 'response', '{}') || jsonb_build_object('effects', (
    select jsonb_object_agg(level, jsonb_build_object(
      'keyPointFactor', 1, 'recheckHours', hours, 'weightFactor', 1, 'shelterIds', '[]'::jsonb, 'teamIds', '[]'::jsonb,
      'callUp', '', 'publicZh', '', 'publicEn', ''))
    from (values
      ('blue', settings -> 'recheckHours' -> 'normal'),
      ('yellow', settings -> 'recheckHours' -> 'normal'),
      ('orange', settings -> 'recheckHours' -> 'orange'),
      ('red', settings -> 'recheckHours' -> 'red')) as was (level, hours)))
)
where settings -> 'recheckHours' ?& array['normal', 'orange', 'red']
  and settings -> 'recheckHours' <> '{"normal": 4, "orange": 2, "red": 1}';
update cities set settings = settings #- '{recheckHours,orange}' #- '{recheckHours,red}';
