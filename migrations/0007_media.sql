-- Photos and voice notes: what is known of each; the bytes lie in the media store.
create type media_kind as enum ('photo', 'voice');
create type media_subject as enum ('sighting', 'encounter', 'visit');

create table media (
  city_id text not null references cities (id),
  id uuid not null,
  kind media_kind not null,
  subject_kind media_subject not null,
  subject_id uuid not null,
  user_id uuid,
  device_id uuid,
  content_type text not null check (length(content_type) between 3 and 60),
  bytes integer not null check (bytes between 1 and 104857600),
  width integer check (width > 0),
  height integer check (height > 0),
  duration_seconds real check (duration_seconds >= 0),
  -- of what is kept, not of what was sent
  sha256 bytea not null,
  taken_at timestamptz not null,
  received_at timestamptz not null,
  removed_at timestamptz,
  -- its bytes are gone from the store
  purged_at timestamptz check (purged_at >= removed_at),
  primary key (city_id, id),
  check ((kind = 'photo') = (width is not null and height is not null)),
  check ((user_id is null) <> (device_id is null))
);
create index media_by_subject on media (city_id, subject_kind, subject_id) where removed_at is null;
create index media_by_device on media (device_id) where device_id is not null;
create index media_to_purge on media (removed_at) where removed_at is not null and purged_at is null;

-- Keys the server signs with, shared by all servers on this database.
create table server_keys (
  name text primary key check (length(name) between 1 and 40),
  key bytea not null check (length(key) >= 32),
  created_at timestamptz not null default now()
);
