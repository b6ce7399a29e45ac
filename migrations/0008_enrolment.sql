-- Codes that a street office or a company prints: whoever scans one gets an account for that device.
create table enrolment_codes (
  city_id text not null references cities (id),
  id uuid not null,
  token_hash bytea not null unique,
  label text not null check (length(label) between 1 and 100),
  reporter_kind reporter_kind not null,
  -- how many devices may use it, and how long an account made with it lasts
  most_devices integer not null check (most_devices between 1 and 10000),
  account_days integer not null check (account_days between 1 and 400),
  expires_at timestamptz not null,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  primary key (city_id, id),
  foreign key (city_id, created_by) references users (city_id, id)
);

alter table users add column enrolment_id uuid;
-- the browser it was made for, by its anonymous cookie: the same code scanned again finds the same account
alter table users add column enrolled_device uuid;
alter table users add column phone text not null default '' check (length(phone) <= 40);
-- null = does not end by itself
alter table users add column ends_at timestamptz;
-- of enrolled devices alone, to the quarter of an hour
alter table users add column last_used_at timestamptz;
alter table users add foreign key (city_id, enrolment_id) references enrolment_codes (city_id, id);
create unique index users_by_enrolment on users (city_id, enrolment_id, enrolled_device) where enrolment_id is not null;
