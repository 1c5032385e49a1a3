package dev.wrinklefree.monitor.state;

import dev.wrinklefree.contract.event.JobStateChanged;
import java.time.Instant;

/** What is to be done about one finding. */
public sealed interface Plan {

  /**
   * Tell a change, and record it in the same transaction.
   *
   * @param next the record afterwards
   * @param data the event
   * @param time when it happened
   * @param timeOrigin who says so
   */
  record Tell(RecordedJob next, JobStateChanged data, Instant time, TimeOrigin timeOrigin)
      implements Plan {}

  /** Nothing to tell, but something to remember. */
  record Remember(RecordedJob next) implements Plan {}

  /** The job is as it was: only the time of the last reading moves on. */
  record Unchanged() implements Plan {}

  /** Nothing follows from the finding. */
  record Nothing() implements Plan {}

  /** Whose clock an event's time is from. */
  enum TimeOrigin {
    /** SkyPilot told when it happened. */
    SKYPILOT,
    /** SkyPilot did not tell; it is when we read it. */
    OBSERVED,
    /** It completes an earlier event, and has that event's time. */
    EARLIER_EVENT
  }
}
