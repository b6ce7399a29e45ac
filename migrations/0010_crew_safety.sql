-- Alarms of crews: raised by hand, or by a check-in that did not come. Each needs somebody's acknowledgement.
create type alarm_kind as enum ('sos', 'missed_check_in');

create table alarms (
  city_id text not null references cities (id),
  id uuid not null,
  kind alarm_kind not null,
  team_id uuid not null,
  shift_id uuid,
  raised_by uuid,
  raised_at timestamptz not null,
  received_at timestamptz not null,
  -- the last place known when it was raised
  position geography (point, 4326),
  position_accuracy_meters real check (position_accuracy_meters >= 0),
  positioned_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  -- over: what came of it, in words for the desk
  ended_at timestamptz,
  ended_by uuid,
  end_note text not null default '' check (length(end_note) <= 500),
  primary key (city_id, id),
  foreign key (city_id, team_id) references teams (city_id, id),
  foreign key (city_id, shift_id) references shifts (city_id, id),
  check ((position is null) = (positioned_at is null)),
  check ((acknowledged_at is null) = (acknowledged_by is null)),
  -- a crew's own sign of life ends an alarm about a missing one that nobody has acknowledged yet
  check (ended_at is null or acknowledged_at is not null or kind = 'missed_check_in')
);
create index alarms_open on alarms (city_id, raised_at) where ended_at is null;
-- A missed check-in is told once per check-in that was owed.
create unique index one_missed_check_in on alarms (city_id, shift_id, raised_at) where kind = 'missed_check_in';
