-- Stretches and areas that the desk has closed to traffic; every way is sought round those not opened yet.
create table road_closures (
  city_id text not null references cities (id),
  id uuid not null,
  boundary geography (polygon, 4326) not null check (st_isvalid (boundary::geometry)),
  reason text not null check (length(reason) between 1 and 200),
  closed_by uuid not null,
  closed_at timestamptz not null,
  opened_by uuid,
  opened_at timestamptz,
  primary key (city_id, id),
  foreign key (city_id, closed_by) references users (city_id, id),
  foreign key (city_id, opened_by) references users (city_id, id),
  check ((opened_at is null) = (opened_by is null)),
  check (opened_at >= closed_at)
);
create index road_closures_in_force on road_closures (city_id) where opened_at is null;
