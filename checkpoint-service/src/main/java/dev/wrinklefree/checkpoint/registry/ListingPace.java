package dev.wrinklefree.checkpoint.registry;

import dev.wrinklefree.outbox.retry.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How often a run's prefix is listed. Each listing costs money, and uploads may come after the end
 * of a job: a prefix in which nothing happens is listed less often, and at last no more. Not while
 * the job is known to be active, however long it is silent; then it is never given up. While
 * listings fail, nobody knows whether something happens: the waits double up to the idle interval.
 *
 * @param interval between two listings of a prefix in which something happens
 * @param idleAfter how long nothing has to happen until a prefix counts as idle
 * @param idleInterval between two listings of an idle prefix; also the longest wait after failures
 * @param giveUpAfter how long nothing has to happen until a prefix is listed no more
 */
public record ListingPace(
    Duration interval, Duration idleAfter, Duration idleInterval, Duration giveUpAfter) {

  /**
   * @throws IllegalArgumentException if a length is not positive or a longer one is shorter
   */
  public ListingPace {
    if (!interval.isPositive()) {
      throw new IllegalArgumentException("interval must be positive: " + interval);
    }
    if (idleInterval.compareTo(interval) < 0) {
      throw new IllegalArgumentException("idle interval is shorter than the interval");
    }
    if (giveUpAfter.compareTo(idleAfter) < 0) {
      throw new IllegalArgumentException("give-up-after is shorter than idle-after");
    }
  }

  private Backoff backoff() {
    return new Backoff(interval, idleInterval);
  }

  /**
   * When to list again.
   *
   * @param activity what is known of the prefix, the listing that was just made included
   * @param now when that listing began
   * @return empty if the prefix is given up
   */
  public Optional<Instant> next(Activity activity, Instant now) {
    Duration quiet = Duration.between(activity.lastChangeAt(), now);
    if (activity.failures() > 0) {
      return Optional.of(now.plus(backoff().after(activity.failures())));
    }
    if (activity.waiting()) {
      return Optional.of(now.plus(interval));
    }
    boolean longQuiet = quiet.compareTo(giveUpAfter) >= 0;
    return switch (activity.job()) {
      case ACTIVE -> Optional.of(now.plus(longQuiet ? idleInterval : interval));
      case POSSIBLE, NONE -> {
        boolean idle = activity.job() == Job.NONE || quiet.compareTo(idleAfter) >= 0;
        yield longQuiet ? Optional.empty() : Optional.of(now.plus(idle ? idleInterval : interval));
      }
    };
  }

  /** The longest time between two listings; what is due later was planned by another clock. */
  public Duration longest() {
    return idleInterval;
  }

  /** What is known of the run's job. */
  public enum Job {
    /** SkyPilot has it, and it has not ended. */
    ACTIVE,
    /** One may exist. */
    POSSIBLE,
    /** None came of the launch, or it has ended. */
    NONE
  }

  /**
   * What the pace depends on.
   *
   * @param job what is known of the run's job
   * @param lastChangeAt when a listing last showed something new
   * @param failures listings that failed in a row
   * @param waiting whether a checkpoint is being held back
   */
  public record Activity(Job job, Instant lastChangeAt, int failures, boolean waiting) {}
}
