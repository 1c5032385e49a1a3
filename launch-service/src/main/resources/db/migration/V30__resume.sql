-- The newest complete checkpoint of each run, from checkpoint-written.
CREATE TABLE newest_checkpoint (
  run_id     text        PRIMARY KEY,
  uri        text        NOT NULL,
  written_at timestamptz NOT NULL
);

-- What runs must share for one to go on where the other stopped: template, model, mode and parameters.
CREATE TABLE run_likeness (
  run_id      text        PRIMARY KEY,
  likeness    text        NOT NULL,
  accepted_at timestamptz NOT NULL
);

-- By digest: parameters may be longer than an index entry.
CREATE INDEX run_likeness_newest ON run_likeness (md5(likeness), accepted_at DESC, run_id DESC);
