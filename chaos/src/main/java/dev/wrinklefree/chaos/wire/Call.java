package dev.wrinklefree.chaos.wire;

/** What a request between two parts is for, as far as a fault can be aimed at it. */
public enum Call {
  /** {@code POST /jobs/launch}: a job is submitted. */
  LAUNCH,
  /** {@code GET /api/get} for the result of a launch. */
  LAUNCH_RESULT,
  /** {@code POST /jobs/queue/v2}: jobs are read. */
  QUEUE,
  /** {@code GET /api/get} for the jobs that were read. */
  QUEUE_RESULT,
  /** {@code POST /jobs/cancel}: a job is cancelled. */
  CANCEL,
  /** {@code GET /api/get} for the result of a cancel. */
  CANCEL_RESULT,
  /** Cloud Storage lists objects. */
  LISTING,
  /** Kafka's Produce (API key 0). */
  PRODUCE,
  /** Kafka's OffsetCommit (API key 8). */
  OFFSETS,
  /** PostgreSQL's COMMIT of a transaction that appended an event. */
  FACT_COMMIT,
  /** Any other COMMIT. */
  COMMIT,
  /** Whatever else passes. */
  OTHER
}
