package dev.wrinklefree.checkpoint.alert;

import dev.wrinklefree.contract.event.JobState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long a run's checkpoints have been waited for. Only time between two good listings that
 * followed each other counts: while the bucket cannot be read, or nobody knows whether the job
 * runs, nothing is late.
 *
 * @param phase what the job does, as far as is known
 * @param sure whether the last word of the job said so; false before the first
 * @param attempt of the job, one more for each recovery
 * @param since when the phase began, or was found to go on, by our clock; null before the first
 *     word
 * @param looked counted time in all
 * @param waited counted time since the phase began or a checkpoint was seen, whichever is later
 * @param firstAwaited whether no checkpoint was seen since the phase began
 */
public record Vigil(
    Phase phase,
    boolean sure,
    int attempt,
    @Nullable Instant since,
    Duration looked,
    Duration waited,
    boolean firstAwaited) {

  /** What checkpoints can be expected of a job. */
  public enum Phase {
    /** None: it has no machines, or is being stopped. */
    WAITING,
    /** One in each interval. */
    RUNNING,
    /** The final one. */
    SUCCEEDED,
    /** None any more. */
    FAILED
  }

  /** Of a run whose job was not heard of. */
  static Vigil unheard() {
    return new Vigil(Phase.WAITING, false, 0, null, Duration.ZERO, Duration.ZERO, true);
  }

  /** Whether the job is known to have ended, as far as it was heard of. */
  boolean ended() {
    return switch (phase) {
      case WAITING, RUNNING -> false;
      case SUCCEEDED, FAILED -> true;
    };
  }

  /**
   * The job has a new state. New machines begin anew; a state that says nothing of checkpoints
   * stops the count until the next that does.
   *
   * @param heardAttempt 1 for the first machines
   */
  Vigil heard(JobState state, int heardAttempt, Instant now) {
    return switch (state) {
      case RUNNING -> in(Phase.RUNNING, heardAttempt, now);
      case PENDING, STARTING, RECOVERING, CANCELLING -> in(Phase.WAITING, heardAttempt, now);
      case SUCCEEDED -> in(Phase.SUCCEEDED, heardAttempt, now);
      case CANCELLED,
          FAILED,
          FAILED_SETUP,
          FAILED_PRECHECKS,
          FAILED_NO_RESOURCE,
          FAILED_CONTROLLER ->
          in(Phase.FAILED, heardAttempt, now);
      case WINDING_DOWN, UNKNOWN ->
          new Vigil(phase, false, attempt, since, looked, waited, firstAwaited);
    };
  }

  /**
   * A good listing was made.
   *
   * @param before when the last good one began; null if another failed since, or there was none
   * @param begunAt when this one began
   * @param most the longest time that counts between two: more was not planned
   * @param wrote whether it showed a new checkpoint
   */
  Vigil looked(@Nullable Instant before, Instant begunAt, Duration most, boolean wrote) {
    Duration gap = counted(before, begunAt, most);
    Duration ofPhase = sure ? counted(later(before, begunAt), begunAt, most) : Duration.ZERO;
    return new Vigil(
        phase,
        sure,
        attempt,
        since,
        looked.plus(gap),
        wrote ? Duration.ZERO : waited.plus(ofPhase),
        firstAwaited && !wrote);
  }

  private Vigil in(Phase heard, int heardAttempt, Instant now) {
    if (heard != phase || heardAttempt != attempt || since == null) {
      return new Vigil(heard, true, heardAttempt, now, looked, Duration.ZERO, true);
    }
    return sure ? this : new Vigil(phase, true, attempt, now, looked, waited, firstAwaited);
  }

  /** A phase that begins after now was heard of by a clock that has been set back since. */
  private @Nullable Instant later(@Nullable Instant before, Instant now) {
    if (before == null || since == null || since.isAfter(now)) {
      return before;
    }
    return since.isAfter(before) ? since : before;
  }

  private static Duration counted(@Nullable Instant from, Instant to, Duration most) {
    if (from == null || from.isAfter(to)) {
      return Duration.ZERO;
    }
    Duration gap = Duration.between(from, to);
    return gap.compareTo(most) > 0 ? most : gap;
  }
}
