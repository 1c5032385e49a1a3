package dev.wrinklefree.monitor.observation;

import dev.wrinklefree.skypilot.jobs.JobRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one reading of the queue brought.
 *
 * @param readAt when it began, by our clock
 * @param rows one per (job, task); true even where the reading was not complete
 * @param complete whether a job that is not among the rows was not in the answer
 * @param failure why SkyPilot stopped answering; absent where it did answer, even if there are rows
 *     that it cannot read
 */
public record Reading(
    Instant readAt, List<JobRecord> rows, boolean complete, @Nullable String failure) {

  /** Rows are kept as they are. */
  public Reading {
    rows = List.copyOf(rows);
    if (complete && failure != null) {
      throw new IllegalArgumentException("a reading that failed is not complete");
    }
  }

  /** A reading that SkyPilot answered. */
  public static Reading answered(Instant readAt, List<JobRecord> rows, boolean complete) {
    return new Reading(readAt, rows, complete, null);
  }

  /** A reading that broke off after those rows. */
  public static Reading brokenOff(Instant readAt, List<JobRecord> rows, String failure) {
    return new Reading(readAt, rows, false, failure);
  }
}
