package dev.wrinklefree.launch.submission;

import dev.wrinklefree.outbox.retry.Backoff;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waits that double, each shortened by up to half, so that many runs do not come back at once. */
final class RetryPause {

  private static final double SHORTEST = 0.5;

  private final Backoff backoff;

  /**
   * @param first longest wait after one failure
   * @param longest longest wait after any number of failures
   */
  RetryPause(Duration first, Duration longest) {
    this.backoff = new Backoff(first, longest);
  }

  /** How long to wait after that many failures in a row, at least one. */
  Duration after(int failures) {
    double share = ThreadLocalRandom.current().nextDouble(SHORTEST, 1);
    return Duration.ofMillis(Math.round(backoff.after(failures).toMillis() * share));
  }
}
