-- All columns have defaults, so that the version before goes on while this one starts.
alter table watched_run
  -- A job of the run is known to exist: no length of silence makes its prefix idle.
  add column job_active boolean not null default false,
  -- Counts the wishes to list soon; one that came after a listing had begun is not yet fulfilled.
  add column wishes bigint not null default 0,
  -- Of the failures since the last listing that succeeded.
  add column failing_since timestamptz,
  add column last_failed_at timestamptz;

-- A notification names an object; its directories are looked up.
create index watched_run_place on watched_run (bucket, prefix);
