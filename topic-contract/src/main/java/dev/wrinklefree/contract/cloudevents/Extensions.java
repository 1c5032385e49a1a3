package dev.wrinklefree.contract.cloudevents;

/** Names of the CloudEvents extension attributes in use; each is a documented extension. */
final class Extensions {

  /** Partitioning extension: equal to the subject. */
  static final String PARTITION_KEY = "partitionkey";

  /** Sequence extension: decimal, from 1, gapless per source and subject. */
  static final String SEQUENCE = "sequence";

  /** Recorded Time extension: when the producer saw what it tells. */
  static final String RECORDED_TIME = "recordedtime";

  /** Correlation extension: the launch request that began it all. */
  static final String CORRELATION_ID = "correlationid";

  /** Correlation extension: the event that caused this one. */
  static final String CAUSATION_ID = "causationid";

  /** Distributed Tracing extension: W3C trace context. */
  static final String TRACE_PARENT = "traceparent";

  private Extensions() {}
}
