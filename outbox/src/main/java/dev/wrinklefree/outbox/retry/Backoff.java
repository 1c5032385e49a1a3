package dev.wrinklefree.outbox.retry;

import java.time.Duration;

/**
 * Waiting times that double from attempt to attempt.
 *
 * @param first before the second attempt
 * @param longest never exceeded
 */
public record Backoff(Duration first, Duration longest) {

  /**
   * @throws IllegalArgumentException unless 0 &lt; first &lt;= longest
   */
  public Backoff {
    if (!first.isPositive() || first.compareTo(longest) > 0) {
      throw new IllegalArgumentException("need 0 < " + first + " <= " + longest);
    }
  }

  /**
   * How long to wait after that many failures in a row.
   *
   * @param failures at least 1
   */
  public Duration after(int failures) {
    Duration wait = first;
    for (int i = 1; i < failures && wait.compareTo(longest) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(longest) < 0 ? wait : longest;
  }
}
