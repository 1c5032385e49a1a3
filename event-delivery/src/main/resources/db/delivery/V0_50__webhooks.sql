-- Who wants events of this service at an address of their own.
CREATE TABLE webhook_subscription (
    id                text        PRIMARY KEY,
    owner             text        NOT NULL,
    url               text        NOT NULL,
    host              text        NOT NULL,
    run_id            text,
    types             text[],
    description       text,
    secret            bytea       NOT NULL,
    former_secret     bytea,
    former_until      timestamptz,
    created_at        timestamptz NOT NULL,
    disabled_at       timestamptz,
    disabled_reason   text,
    last_delivered_at timestamptz,
    last_failed_at    timestamptz,
    last_failure      text
);

CREATE INDEX webhook_subscription_by_age ON webhook_subscription (created_at);

-- Events that are on their way to a subscription. Written in the transaction of the event, deleted
-- when the receiver has acknowledged it; what was given up stays as a dead letter for a while.
CREATE TABLE webhook_delivery (
    position        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id              text        NOT NULL UNIQUE DEFAULT 'msg_' || replace(gen_random_uuid()::text, '-', ''),
    subscription_id text        NOT NULL REFERENCES webhook_subscription (id) ON DELETE CASCADE,
    run_id          text        NOT NULL,
    source          text        NOT NULL,
    event_id        text        NOT NULL,
    type            text        NOT NULL,
    body            text        NOT NULL,
    created_at      timestamptz NOT NULL,
    tries           integer     NOT NULL DEFAULT 0,
    next_at         timestamptz NOT NULL,
    claimed_until   timestamptz,
    dead_at         timestamptz,
    last_failure    text
);

-- The head of each lane, which is a run's events for one subscription, is found by this alone.
CREATE INDEX webhook_delivery_waiting
    ON webhook_delivery (subscription_id, run_id, position) WHERE dead_at IS NULL;

CREATE INDEX webhook_delivery_dead
    ON webhook_delivery (subscription_id, position) WHERE dead_at IS NOT NULL;

-- Rows of deliveries live for milliseconds: vacuum by count and not by share of the table.
ALTER TABLE webhook_delivery SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
