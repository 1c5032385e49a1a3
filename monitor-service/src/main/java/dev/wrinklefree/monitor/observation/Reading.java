package dev.wrinklefree.monitor.observation;

import dev.wrinklefree.skypilot.jobs.JobRecord;
import java.time.Instant;
import java.util.List;

/**
 * What one reading of the queue brought.
 *
 * @param readAt when it began, by our clock
 * @param rows one per (job, task); true even where the reading was not complete
 * @param complete whether a job that is not among the rows was not in the answer
 */
public record Reading(Instant readAt, List<JobRecord> rows, boolean complete) {

  /** Rows are kept as they are. */
  public Reading {
    rows = List.copyOf(rows);
  }

  /** A reading that brought nothing, and so says nothing. */
  public static Reading failed(Instant readAt) {
    return new Reading(readAt, List.of(), false);
  }
}
