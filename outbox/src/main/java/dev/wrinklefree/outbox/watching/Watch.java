package dev.wrinklefree.outbox.watching;

import java.time.Duration;

/**
 * Something outside that a service reads again and again. A service declares each as a
 * {@code @Produces @Singleton} bean, which makes its readiness depend on it unless the watch is
 * auxiliary.
 *
 * @param name unique in the service; shown in health and logs
 * @param interval how often a read is meant to succeed
 * @param auxiliary whether the service is of full use without it: then it is shown in health only
 */
public record Watch(String name, Duration interval, boolean auxiliary) {

  /** So many intervals without a successful read mean that the watch is blind. */
  public static final int MISSED_INTERVALS = 3;

  /** A fast watch may pause for a moment, as any process may, without its replica being useless. */
  public static final Duration LEAST_PATIENCE = Duration.ofSeconds(5);

  private static final Duration LEAST_WRITE_GAP = Duration.ofSeconds(1);

  /**
   * @throws IllegalArgumentException if the name is blank or the interval is not positive
   */
  public Watch {
    if (name.isBlank() || !interval.isPositive()) {
      throw new IllegalArgumentException("need a name and a positive interval: " + interval);
    }
  }

  /** A watch that the service's readiness depends on. */
  public Watch(String name, Duration interval) {
    this(name, interval, false);
  }

  /** A watch that the service can do without. */
  public static Watch auxiliary(String name, Duration interval) {
    return new Watch(name, interval, true);
  }

  /** For how long reads may fail before the service is no longer ready. */
  public Duration patience() {
    return longer(interval.multipliedBy(MISSED_INTERVALS), LEAST_PATIENCE);
  }

  /**
   * Results of one kind are not written again within this time. Half an interval, so that a round
   * that comes a little early does not count as missed.
   */
  Duration writeGap() {
    return longer(interval.dividedBy(2), LEAST_WRITE_GAP);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
