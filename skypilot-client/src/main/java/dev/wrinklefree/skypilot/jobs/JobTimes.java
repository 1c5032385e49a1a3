package dev.wrinklefree.skypilot.jobs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task's times by the server's clock; null where the thing has not happened or was not asked for.
 *
 * @param submittedAt set when provisioning first begins, not when the job was accepted
 * @param startAt first time it ran
 * @param endAt null for a job cancelled before it started, although it ended
 * @param lastRecoveredAt last time it ran again after losing its machines (the first start counts)
 */
public record JobTimes(
    @Nullable Instant submittedAt,
    @Nullable Instant startAt,
    @Nullable Instant endAt,
    @Nullable Instant lastRecoveredAt) {

  /** Nothing has happened yet, or nothing is known. */
  public static final JobTimes NONE = new JobTimes(null, null, null, null);
}
