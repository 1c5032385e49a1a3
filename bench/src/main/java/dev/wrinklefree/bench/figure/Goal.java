package dev.wrinklefree.bench.figure;

import java.util.Locale;

/**
 * What a ratio is to be.
 *
 * @param bound which it must not pass
 * @param atLeast whether it is a lower bound; otherwise an upper one
 */
public record Goal(double bound, boolean atLeast) {

  /** A ratio of this or more. */
  public static Goal atLeast(double bound) {
    return new Goal(bound, true);
  }

  /** A ratio of this or less. */
  public static Goal atMost(double bound) {
    return new Goal(bound, false);
  }

  /** Whether a ratio reaches it. */
  public boolean isMetBy(double ratio) {
    return atLeast ? ratio >= bound : ratio <= bound;
  }

  /** As people write it. */
  @Override
  public String toString() {
    return (atLeast ? "≥ " : "≤ ") + String.format(Locale.ROOT, "%.2f", bound);
  }
}
