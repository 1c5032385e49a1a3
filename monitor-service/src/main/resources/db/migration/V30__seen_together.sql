-- When the last reading began that showed all runs that every reading shows: those with a job that was seen, has not ended, and is
-- neither missed nor doubted. It stands for their run.seen_at where it is later, so that a reading that brings no news writes one
-- row. The service as it was before goes on with run.seen_at alone, which then is the time of the last news.
create table seen_together (
    only_row boolean     primary key default true check (only_row),
    read_at  timestamptz not null
);

insert into seen_together (read_at) values ('epoch');
