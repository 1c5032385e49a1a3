package dev.wrinklefree.sandbox.skypilot.job;

import static java.util.Objects.requireNonNull;

import dev.wrinklefree.sandbox.skypilot.task.Placement;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What changes about a job. Transitions are methods; the wire format is {@code QueueFields}.
 *
 * @param status where it is
 * @param submittedAt when a controller took it up; null while it is waiting
 * @param startAt when it first ran
 * @param endAt when it ended; stays null for a job cancelled while it was waiting
 * @param lastRecoveredAt when it last began to run
 * @param recoveryCount how often it began to run again
 * @param ranBefore time that it ran, up to the last interruption
 * @param failureReason why it failed
 * @param placement where it runs or last ran
 */
public record JobState(
    JobStatus status,
    @Nullable Instant submittedAt,
    @Nullable Instant startAt,
    @Nullable Instant endAt,
    @Nullable Instant lastRecoveredAt,
    int recoveryCount,
    Duration ranBefore,
    @Nullable String failureReason,
    @Nullable Placement placement) {

  public JobState {
    requireNonNull(status, "status is null");
    requireNonNull(ranBefore, "ranBefore is null");
  }

  static JobState pending() {
    return new JobState(JobStatus.PENDING, null, null, null, null, 0, Duration.ZERO, null, null);
  }

  JobState starting(Instant now) {
    Instant first = submittedAt == null ? now : submittedAt;
    return new JobState(
        JobStatus.STARTING, first, startAt, null, null, recoveryCount, ranBefore, null, null);
  }

  JobState running(Instant now, Placement where) {
    boolean first = startAt == null;
    return new JobState(
        JobStatus.RUNNING,
        submittedAt,
        first ? now : startAt,
        null,
        now,
        first ? 0 : recoveryCount + 1,
        ranBefore,
        null,
        where);
  }

  JobState recovering(Instant now) {
    return with(JobStatus.RECOVERING, null, runTime(now), failureReason);
  }

  JobState cancelling(Instant now) {
    return with(JobStatus.CANCELLING, null, runTime(now), failureReason);
  }

  JobState ended(JobStatus outcome, Instant now, @Nullable String reason) {
    if (!outcome.terminal()) {
      throw new IllegalArgumentException(outcome + " is not an end");
    }
    // SkyPilot drops a job that no controller has taken up yet without writing its end time.
    Instant end = status == JobStatus.PENDING ? null : now;
    return with(outcome, end, runTime(now), reason);
  }

  /** Time that it ran until now: provisioning and recovery are not counted. */
  public Duration runTime(Instant now) {
    return status == JobStatus.RUNNING && lastRecoveredAt != null
        ? ranBefore.plus(Duration.between(lastRecoveredAt, now))
        : ranBefore;
  }

  private JobState with(
      JobStatus newStatus, @Nullable Instant end, Duration ran, @Nullable String reason) {
    return new JobState(
        newStatus,
        submittedAt,
        startAt,
        end,
        lastRecoveredAt,
        recoveryCount,
        ran,
        reason,
        placement);
  }
}
