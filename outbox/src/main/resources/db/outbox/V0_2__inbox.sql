-- Events that have been handled, by their identity, so that a repeated one is handled once.
CREATE TABLE inbox_event (
    source      text        NOT NULL,
    event_id    text        NOT NULL,
    body_digest bytea       NOT NULL,
    run_id      text        NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (source, event_id)
);

CREATE INDEX inbox_event_by_age ON inbox_event (received_at);

-- Other bodies that came under an identity of inbox_event; each is handled once too, as a conflict.
CREATE TABLE inbox_conflict (
    source      text        NOT NULL,
    event_id    text        NOT NULL,
    body_digest bytea       NOT NULL,
    run_id      text        NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (source, event_id, body_digest)
);

CREATE INDEX inbox_conflict_by_age ON inbox_conflict (received_at);
