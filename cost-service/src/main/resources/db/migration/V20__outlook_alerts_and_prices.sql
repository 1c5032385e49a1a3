-- What is expected of a run: what it was quoted, how fast it goes, how often it saves its work.
ALTER TABLE cost_run
  ADD COLUMN template              text,
  ADD COLUMN accelerator           text,
  ADD COLUMN accelerator_count     integer,
  ADD COLUMN planned_steps         bigint,
  ADD COLUMN resumed               boolean NOT NULL DEFAULT false,
  -- JSON: the quote as it was told, and the newest readings of how far the work is.
  ADD COLUMN quote                 text,
  ADD COLUMN pace                  text,
  ADD COLUMN save_interval_seconds bigint,
  ADD COLUMN save_seconds          bigint,
  ADD COLUMN save_source           text;

ALTER TABLE cost_checkpoint
  ADD COLUMN bytes       bigint NOT NULL DEFAULT 0,
  -- How long it took to write, by the times of its objects; null where they tell nothing.
  ADD COLUMN save_millis bigint;

-- Alerts: raised once, cleared once.
CREATE TABLE cost_alert (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run_id     text NOT NULL REFERENCES cost_run,
  code       text NOT NULL,
  severity   text NOT NULL,
  message    text NOT NULL,
  suggestion text NOT NULL,
  -- A JSON object of strings.
  evidence   text NOT NULL,
  raised_at  timestamptz NOT NULL,
  cleared_at timestamptz
);
CREATE UNIQUE INDEX cost_alert_open ON cost_alert (run_id, code) WHERE cleared_at IS NULL;
CREATE INDEX cost_alert_newest ON cost_alert (raised_at DESC, id DESC);

-- Budget alerts that are raised now. cost_run.budget_alert is not read any more.
INSERT INTO cost_alert (run_id, code, severity, message, suggestion, evidence, raised_at)
SELECT run_id,
       CASE budget_alert WHEN 'PASSED' THEN 'budget-passed' ELSE 'budget-near' END,
       CASE budget_alert WHEN 'PASSED' THEN 'critical' ELSE 'warning' END,
       CASE budget_alert
         WHEN 'PASSED' THEN 'The run has cost more than its budget.'
         ELSE 'The run has used four fifths of its budget.'
       END,
       'Look at the run''s cost.',
       '{}',
       now()
FROM cost_run
WHERE budget_alert IN ('NEAR', 'PASSED');

-- How long runs that began from nothing and succeeded have taken: estimates learn from them.
CREATE TABLE cost_training (
  run_id          text PRIMARY KEY REFERENCES cost_run,
  template        text NOT NULL,
  model           text NOT NULL,
  scale           text NOT NULL,
  machine_seconds bigint NOT NULL CHECK (machine_seconds > 0),
  planned_steps   bigint,
  ended_at        timestamptz NOT NULL
);
CREATE INDEX cost_training_newest ON cost_training (template, model, scale, ended_at DESC);

-- What SkyPilot's catalogue said when it was last read, also what is not believed.
CREATE TABLE cost_catalog_price (
  position          integer PRIMARY KEY,
  cloud             text NOT NULL,
  region            text,
  instance_type     text,
  accelerator       text NOT NULL,
  accelerator_count integer NOT NULL,
  spot              boolean NOT NULL,
  per_hour          numeric(15, 6) NOT NULL,
  source            text NOT NULL,
  as_of             date NOT NULL,
  -- Why it is not used; null where it is.
  refused_rule      text,
  refused_reason    text,
  CHECK ((refused_rule IS NULL) = (refused_reason IS NULL))
);

-- One row: how the last readings of the catalogue went.
CREATE TABLE cost_catalog_reading (
  id         integer PRIMARY KEY CHECK (id = 1),
  read_at    timestamptz,
  unreadable integer NOT NULL DEFAULT 0,
  failed_at  timestamptz,
  failure    text
);
INSERT INTO cost_catalog_reading (id) VALUES (1);
