-- How the run's checkpoints are named; null: its launch told of none.
alter table watched_run add column layout jsonb;

-- What the alerts know of a run's job. It may be heard of before the launch is, hence no foreign key.
create table vigil (
  run_id         text primary key,
  phase          text not null default 'WAITING',
  -- False while nobody knows, or may know, whether the phase goes on.
  sure           boolean not null default false,
  attempt        integer not null default 0,
  since          timestamptz,
  -- Time between good listings that followed each other, in milliseconds: of the run as a whole,
  -- and since the phase began or a checkpoint was seen.
  looked_ms      bigint not null default 0,
  waited_ms      bigint not null default 0,
  -- No checkpoint was seen since the phase began.
  first_awaited  boolean not null default true
);

-- A directory of which some objects are there and others never were.
create table partial_checkpoint (
  run_id     text not null references watched_run,
  slot       text not null,
  -- name#generation
  present    text[] not null,
  missing    text[] not null,
  -- When it last changed: what vigil.looked_ms was then, and the time.
  looked_ms  bigint not null,
  since      timestamptz not null,
  primary key (run_id, slot)
);

-- Every alert; open while it is not cleared.
create table alert (
  id          bigint generated always as identity primary key,
  run_id      text not null references watched_run,
  code        text not null,
  raised_at   timestamptz not null,
  cleared_at  timestamptz,
  -- As raised.
  data        jsonb not null
);

create unique index alert_open on alert (run_id, code) where cleared_at is null;
create index alert_newest on alert (raised_at desc, id desc);
create index alert_newest_of_run on alert (run_id, raised_at desc, id desc);
