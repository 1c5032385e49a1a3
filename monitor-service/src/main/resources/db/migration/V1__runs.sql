-- The runs known from launch-state, and what is recorded of their jobs.
create table run (
    run_id         varchar(63) primary key,
    name           text        not null,
    known_at       timestamptz not null, -- when the run was first heard of
    correlation_id text,                 -- of the launch request that began it all
    causation_id   text,                 -- the last launch-state event of the run
    trace_parent   text,
    watch_until    timestamptz,          -- null: until it ends
    job_id         bigint,               -- SkyPilot's job that is followed
    recoveries     int         not null default 0,
    submitted_at   timestamptz,          -- these four by SkyPilot's clock, as last read
    started_at     timestamptz,
    ended_at       timestamptz,
    recovered_at   timestamptz,
    seen_at        timestamptz,          -- start of the last reading that showed the job
    missed_since   timestamptz,          -- start of the first reading since then that did not
    state          text,                 -- of the last event told; null before the first
    told           text,                 -- that event's data, as JSON
    told_at        timestamptz           -- that event's time
);

create index run_watched on run (watch_until);
create index run_newest on run (known_at desc, run_id);

create table job_change (
    run_id          varchar(63) not null references run (run_id),
    sequence_number bigint      not null,
    data            text        not null, -- the event's data, as JSON
    happened_at     timestamptz not null,
    recorded_at     timestamptz not null,
    primary key (run_id, sequence_number)
);
