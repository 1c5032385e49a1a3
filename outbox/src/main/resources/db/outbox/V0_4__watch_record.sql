-- How each named watch goes, whichever replica has it at the moment: so that every replica can tell.
CREATE TABLE watch_record (
    watch           text        PRIMARY KEY,
    last_success_at timestamptz,
    last_failure_at timestamptz,
    last_failure    text
);
