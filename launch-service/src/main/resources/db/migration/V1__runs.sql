-- A run: one row per run id, for ever. The first request of an id has it.
CREATE TABLE run (
  run_id              text        PRIMARY KEY,
  name                text,
  request_source      text        NOT NULL,
  request_event_id    text        NOT NULL,
  request_digest      text        NOT NULL,
  requested_at        timestamptz NOT NULL,
  correlation_id      text        NOT NULL,
  trace_parent        text,
  -- The data of launch.accepted.v1 and the rendered task; both absent if the request was rejected.
  accepted            text,
  task_yaml           text,
  answer_event_id     text        NOT NULL,
  answered_at         timestamptz NOT NULL,
  state               text        NOT NULL
    CHECK (state IN ('accepted', 'submitting', 'submitted', 'failed', 'rejected', 'cancelled')),
  attempts            integer     NOT NULL DEFAULT 0,
  failures            integer     NOT NULL DEFAULT 0,
  submitting_since    timestamptz,
  skypilot_request_id text,
  skypilot_job_id     bigint,
  adopted             boolean     NOT NULL DEFAULT false,
  submitted_at        timestamptz,
  failure_code        text,
  failure_message     text,
  violations          text
);

CREATE INDEX run_newest ON run (answered_at DESC, run_id DESC);
CREATE INDEX run_by_request ON run (request_source, request_event_id);
CREATE INDEX run_by_name ON run (name, answered_at DESC, run_id DESC);

-- The first request to cancel a run. It may come before the run's own request.
CREATE TABLE cancellation (
  run_id       text        PRIMARY KEY,
  event_id     text        NOT NULL,
  requested_at timestamptz NOT NULL,
  requested_by text,
  reason       text
);
