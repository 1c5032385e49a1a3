-- Events that are committed and not yet on the broker. A row is deleted in the transaction in which
-- the relay saw the broker's acknowledgement, so the table holds the backlog and nothing else.
CREATE TABLE outbox_event (
    source         text        NOT NULL,
    run_id         text        NOT NULL,
    sequence       bigint      NOT NULL CHECK (sequence >= 1),
    event_id       text        NOT NULL,
    type           text        NOT NULL,
    time           timestamptz NOT NULL,
    recorded_time  timestamptz NOT NULL,
    correlation_id text,
    causation_id   text,
    trace_parent   text,
    data           bytea       NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (source, run_id, sequence)
);

CREATE INDEX outbox_event_by_age ON outbox_event (created_at);

-- The last number given out per stream. Its row is locked from the append to the commit, so that
-- numbers have no gaps and become visible in order.
CREATE TABLE outbox_stream (
    source        text   NOT NULL,
    run_id        text   NOT NULL,
    last_sequence bigint NOT NULL CHECK (last_sequence >= 1),
    PRIMARY KEY (source, run_id)
);

-- Rows of the backlog live for milliseconds: vacuum by count and not by share of the table.
ALTER TABLE outbox_event SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
