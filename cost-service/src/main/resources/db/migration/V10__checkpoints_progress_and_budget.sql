-- What a run has brought forth, what it may cost, and what was done about that.
ALTER TABLE cost_run
  ADD COLUMN checkpoints      integer NOT NULL DEFAULT 0,
  ADD COLUMN steps            bigint,
  ADD COLUMN tokens           bigint,
  ADD COLUMN budget_amount    numeric(36, 18),
  ADD COLUMN budget_currency  text,
  ADD COLUMN budget_action    text,
  -- NEAR or PASSED while that alert is raised.
  ADD COLUMN budget_alert     text,
  -- A cancel is asked for once.
  ADD COLUMN cancel_requested boolean NOT NULL DEFAULT false,
  ADD CHECK ((budget_amount IS NULL) = (budget_currency IS NULL) AND (budget_amount IS NULL) = (budget_action IS NULL));

-- The last complete checkpoint that was written in the interval.
ALTER TABLE cost_interval ADD COLUMN saved_at timestamptz;

-- When complete checkpoints were written: an interval that changes looks its last one up again.
CREATE TABLE cost_checkpoint (
  run_id     text NOT NULL REFERENCES cost_run,
  identity   text NOT NULL,
  written_at timestamptz NOT NULL,
  PRIMARY KEY (run_id, identity)
);
CREATE INDEX cost_checkpoint_written ON cost_checkpoint (run_id, written_at);
