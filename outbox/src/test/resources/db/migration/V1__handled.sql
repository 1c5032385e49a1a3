-- What the test application's handler does: one row for each time it is called.
CREATE TABLE handled (
    position      bigserial PRIMARY KEY,
    run_id        text    NOT NULL,
    reason        text,
    body_conflict boolean NOT NULL
);
