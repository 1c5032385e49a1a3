-- What a run is, so that its charges can be told apart by owner, model and label.
ALTER TABLE cost_run
  ADD COLUMN name   text,
  ADD COLUMN model  text,
  ADD COLUMN scale  text,
  ADD COLUMN owner  text,
  -- A JSON object of strings.
  ADD COLUMN labels text;

-- An export asks for all machines of a time.
CREATE INDEX cost_interval_time ON cost_interval (started, ended);
