-- What cost-service keeps of a run.
CREATE TABLE cost_run (
  run_id         text PRIMARY KEY,
  correlation_id text,
  -- launch-service said that no job came of it.
  launch_failed  boolean NOT NULL DEFAULT false,
  ended          boolean NOT NULL DEFAULT false,
  -- Whether an interval is open: these runs are told of at every tick.
  accruing       boolean NOT NULL DEFAULT false,
  first_seen     timestamptz NOT NULL
);
CREATE INDEX cost_run_accruing ON cost_run (run_id) WHERE accruing;
CREATE INDEX cost_run_newest ON cost_run (first_seen DESC, run_id);

-- Every job state that was heard, in the order of delivery. The intervals follow from all of them, so that a state
-- that is delivered late finds its place.
CREATE TABLE cost_observation (
  run_id            text NOT NULL REFERENCES cost_run,
  position          integer NOT NULL,
  identity          text NOT NULL,
  sequence          bigint,
  at                timestamptz NOT NULL,
  state             text NOT NULL,
  attempt           integer NOT NULL,
  started_at        timestamptz,
  cloud             text,
  region            text,
  instance_type     text,
  accelerator       text,
  accelerator_count integer,
  spot              boolean,
  nodes             integer,
  PRIMARY KEY (run_id, position),
  UNIQUE (run_id, identity)
);

-- When machines existed, oldest first, and the price that was pinned then. An interval without a price has an unknown
-- one: a later price book does not change that.
CREATE TABLE cost_interval (
  run_id            text NOT NULL REFERENCES cost_run,
  position          integer NOT NULL,
  started           timestamptz NOT NULL,
  ended             timestamptz,
  cloud             text,
  region            text,
  instance_type     text,
  accelerator       text,
  accelerator_count integer,
  spot              boolean,
  nodes             integer,
  -- Of one machine.
  per_hour          numeric(15, 6) CHECK (per_hour > 0),
  currency          text,
  price_source      text,
  price_date        date,
  minimum_seconds   integer NOT NULL CHECK (minimum_seconds >= 0),
  PRIMARY KEY (run_id, position),
  CHECK (ended >= started),
  CHECK ((per_hour IS NULL) = (currency IS NULL) AND (per_hour IS NULL) = (price_source IS NULL))
);
