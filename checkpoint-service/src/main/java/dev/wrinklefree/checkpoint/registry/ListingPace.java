package dev.wrinklefree.checkpoint.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How often a run's prefix is listed. Each listing costs money, and the end of a run is not told: a
 * prefix in which nothing happens is listed less often, and at last no more. While listings fail,
 * nobody knows whether something happens: they go on at the idle interval.
 *
 * @param interval between two listings of a prefix in which something happens
 * @param idleAfter how long nothing has to happen until a prefix counts as idle
 * @param idleInterval between two listings of an idle prefix; also the longest wait after failures
 * @param giveUpAfter how long nothing has to happen until a prefix is listed no more
 */
public record ListingPace(
    Duration interval, Duration idleAfter, Duration idleInterval, Duration giveUpAfter) {

  /** Doubling stops here; far above any useful ratio of the two intervals. */
  private static final int MAX_DOUBLINGS = 20;

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

  /**
   * When to list again.
   *
   * @param activity what is known of the prefix, the listing that was just made included
   * @param now when that listing began
   * @return empty if the prefix is given up
   */
  public Optional<Instant> next(Activity activity, Instant now) {
    Duration quiet = Duration.between(activity.lastChangeAt(), now);
    boolean isKnown = activity.failures() == 0;
    if (isKnown && quiet.compareTo(giveUpAfter) >= 0 && !activity.waiting()) {
      return Optional.empty();
    }
    return Optional.of(now.plus(wait(activity, quiet)));
  }

  private Duration wait(Activity activity, Duration quiet) {
    boolean idle = !activity.live() || quiet.compareTo(idleAfter) >= 0;
    Duration usual = idle && !activity.waiting() ? idleInterval : interval;
    if (activity.failures() == 0) {
      return usual;
    }
    int doublings = Math.min(activity.failures() - 1, MAX_DOUBLINGS);
    Duration backOff = usual.multipliedBy(1L << doublings);
    return backOff.compareTo(idleInterval) > 0 ? idleInterval : backOff;
  }

  /**
   * What the pace depends on.
   *
   * @param live whether a job exists or may exist
   * @param lastChangeAt when a listing last showed something new
   * @param failures listings that failed in a row
   * @param waiting whether a checkpoint is being held back
   */
  public record Activity(boolean live, Instant lastChangeAt, int failures, boolean waiting) {}
}
