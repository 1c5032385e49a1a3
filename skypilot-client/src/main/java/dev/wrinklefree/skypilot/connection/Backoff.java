package dev.wrinklefree.skypilot.connection;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Pauses between attempts that are safe to repeat: polling a result, reopening a log stream.
 *
 * @param first pause after the first failure
 * @param cap longest pause before jitter
 * @param maxFailures failures in a row after which the attempt is given up, at least 1
 */
public record Backoff(Duration first, Duration cap, int maxFailures) {
  /** Growth and spread of SkyPilot's own client. */
  private static final double FACTOR = 1.6;

  private static final double JITTER = 0.4;

  /** Ten failures in a row span about a minute and a half: a server's rolling restart. */
  public static final Backoff DEFAULT =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(25), 10);

  public Backoff {
    if (!first.isPositive() || cap.compareTo(first) < 0) {
      throw new IllegalArgumentException("backoff needs 0 < first <= cap");
    }
    if (maxFailures < 1) {
      throw new IllegalArgumentException("maxFailures must be at least 1");
    }
  }

  /** Whether this many failures in a row are enough. */
  public boolean exhausted(int failures) {
    return failures >= maxFailures;
  }

  /** The pause after {@code failures} failures in a row, spread by ±40 %. */
  public Duration pause(int failures) {
    double spread = 1 + ThreadLocalRandom.current().nextDouble(-JITTER, JITTER);
    double grown = first.toMillis() * Math.pow(FACTOR, Math.max(0, failures - 1));
    double capped = Math.min(grown, (double) cap.toMillis());
    return Duration.ofMillis(Math.max(1, Math.round(capped * spread)));
  }
}
