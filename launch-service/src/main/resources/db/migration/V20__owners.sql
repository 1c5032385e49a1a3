-- Requests taken by HTTP, noted before they are published: who is behind an event of our own source.
CREATE TABLE rest_request (
  event_id     text        PRIMARY KEY,
  run_id       text        NOT NULL,
  digest       text        NOT NULL,
  principal    text        NOT NULL,
  admin        boolean     NOT NULL,
  requested_at timestamptz NOT NULL
);

CREATE INDEX rest_request_by_age ON rest_request (requested_at);

-- Owners of runs. A run without a row was launched by nobody who was authenticated.
CREATE TABLE run_owner (
  run_id    text PRIMARY KEY,
  principal text NOT NULL
);

-- Who cancelled a run that was not known yet, until its launch tells whose it is.
CREATE TABLE early_cancel (
  run_id    text PRIMARY KEY,
  principal text NOT NULL
);
