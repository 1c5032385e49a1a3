-- What is recorded of each run's training, and the alerts. A row per run from its first event on.
create table training (
    run_id            varchar(63) primary key references run (run_id),
    wandb_entity      text,          -- where the run reports its figures, from launch-state
    wandb_project     text,
    wandb_id          text,
    metric_keys       text,          -- its names for the figures, as JSON; null: it reports none
    accelerators_used int,           -- GPUs per node that the program uses, where it was told
    over              boolean not null default false, -- ended, and its last figures are known
    course            text,          -- what is remembered of how it has gone, as JSON
    told              text,          -- data of the last event told, as JSON
    told_at           timestamptz,   -- that event's time
    seen_at           timestamptz    -- when we saw it
);

create index training_not_over on training (run_id) where not over;
create index training_newest on training (seen_at desc, run_id) where told is not null;

-- Runs of before: whether they report figures is not known.
insert into training (run_id, over)
select run_id, state in ('SUCCEEDED', 'CANCELLED', 'FAILED', 'FAILED_SETUP', 'FAILED_PRECHECKS',
                         'FAILED_NO_RESOURCE', 'FAILED_CONTROLLER') is true
from run;

create table alert (
    run_id     varchar(63) not null references run (run_id),
    code       text        not null,
    raised_at  timestamptz not null,
    cleared_at timestamptz,
    data       text        not null, -- the event's data that raised it, as JSON
    primary key (run_id, code, raised_at)
);

-- An alert is not raised twice: the database would not take it.
create unique index alert_open on alert (run_id, code) where cleared_at is null;
create index alert_newest on alert (raised_at desc, run_id, code);
