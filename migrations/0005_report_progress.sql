-- When a report's progress last changed: its reporter, or whoever holds the tracking code, is shown it.
alter table sightings add column progress_at timestamptz not null default now();
