-- A run whose checkpoints are looked for.
create table watched_run (
  run_id            text primary key,
  bucket            text not null,
  prefix            text not null,
  cause_event_id    text not null,
  correlation_id    text not null,
  trace_parent      text,
  live              boolean not null,
  registered_at     timestamptz not null,
  last_change_at    timestamptz not null,
  -- Counts recorded listings; one that began at another count is out of date.
  listings          bigint not null default 0,
  failures          integer not null default 0,
  last_failure      text,
  last_listed_at    timestamptz,
  -- Null once the run is given up.
  next_listing_at   timestamptz
);

create index watched_run_due on watched_run (next_listing_at) where next_listing_at is not null;

-- The checkpoint members that the last listing showed.
create table seen_object (
  run_id      text not null references watched_run,
  name        text not null,
  generation  bigint not null,
  seen_since  timestamptz not null,
  primary key (run_id, name)
);

-- Every revision that was published; stays when its objects are deleted.
create table checkpoint (
  id          bigint generated always as identity primary key,
  run_id      text not null references watched_run,
  slot        text not null,
  revision    integer not null,
  written_at  timestamptz not null,
  data        jsonb not null,
  unique (run_id, slot, revision)
);

create index checkpoint_newest on checkpoint (written_at desc, id desc);
create index checkpoint_newest_of_run on checkpoint (run_id, written_at desc, id desc);

-- A prefix under which nothing but runs should lie, and what its last listing counted.
create table watch_root (
  bucket     text not null,
  prefix     text not null,
  listed_at  timestamptz not null,
  objects    bigint not null,
  bytes      bigint not null,
  primary key (bucket, prefix)
);

create table unattributed_object (
  bucket      text not null,
  root        text not null,
  name        text not null,
  generation  bigint not null,
  size        bigint not null,
  crc32c      text not null,
  written_at  timestamptz not null,
  primary key (bucket, root, name),
  foreign key (bucket, root) references watch_root
);

create index unattributed_object_newest on unattributed_object (written_at desc, bucket, name);
