-- What is known of each cold cell by now, every look at one, and what its past lets expect.

-- Facts of one cell. The forecast of the city says what its past lets expect: no more counts of recent reports.
alter table cold_cells
  drop column recent_sightings,
  -- who may have come here after not being found where they were looked for; as of likely_at, fading from then on
  add column likely_people real not null default 0 check (likely_people >= 0),
  add column likely_at timestamptz,
  -- above every number of the event log that was given when it changed: with the city's row held, what is read as of
  -- an event lacks just the rows above it
  add column changed_seq bigint not null default 0,
  add constraint likely_since check (likely_people = 0 or likely_at is not null);
-- A field of cells that is held in memory reads what changed since.
create index cold_cells_by_change on cold_cells (city_id, changed_seq);

-- Every time a team looked at a place. Written while the city's row is held, and never referred to: no foreign keys.
create table cell_looks (
  city_id text not null,
  -- of the encounter, the row in the ledger of visits, or the dispatch that arrived
  id uuid not null,
  lon double precision not null,
  lat double precision not null,
  -- of the position, in the city's resolution; null = not told yet
  cell text check (length(cell) = 15),
  at timestamptz not null,
  -- 0 = nobody was there; null = arrived, what was found is told by other rows
  people smallint check (people >= 0),
  -- the cluster they were met at: what was reported there is of the same people
  place uuid,
  primary key (city_id, id)
);
create index cell_looks_by_cell on cell_looks (city_id, cell, at);

-- The forecast of a city's cells as the screens get it, and who makes it.
create table cell_forecasts (
  city_id text primary key references cities (id),
  -- one server makes it; a row that runs out, not a lock of a session
  holder uuid,
  held_until timestamptz,
  -- 0 = none was made yet
  revision integer not null default 0,
  made_at timestamptz,
  -- shared/zones/field-bytes.ts, without facts
  field bytea,
  -- what the city's past taught about how to weigh it: saves learning it again
  learned jsonb,
  learned_at timestamptz,
  -- of the key points it was made with
  key_points_stamp text,
  -- resolution of the cells in the city's rows; null = what there was before this table isn't in cell_looks yet
  resolution smallint check (resolution in (9, 10)),
  check ((made_at is null) = (field is null))
);
