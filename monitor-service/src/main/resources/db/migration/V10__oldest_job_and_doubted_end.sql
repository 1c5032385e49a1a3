-- Which job is the run's, and whether its end still holds. The service as it was before leaves both
-- columns out of what it writes, so it can go on while the schema is already this one.
alter table run
    add column job_confirmed boolean not null default true, -- false: job_id was found by its name
    add column doubted_since timestamptz; -- start of the first reading that contradicts the end told
