package dev.wrinklefree.bench.figure;

import java.util.Arrays;

/** Percentiles of many durations, by the nearest rank: always one of them. */
public final class Percentiles {

  private static final double NANOS_PER_MILLI = 1e6;

  private final long[] sortedNanos;

  private Percentiles(long[] sortedNanos) {
    this.sortedNanos = sortedNanos;
  }

  /**
   * Copies and sorts them.
   *
   * @param nanos durations in nanoseconds, at least one
   */
  public static Percentiles of(long[] nanos) {
    if (nanos.length == 0) {
      throw new IllegalArgumentException("no durations");
    }
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Percentiles(sorted);
  }

  /**
   * The duration that a share of all does not exceed.
   *
   * @param percent above 0, at most 100
   * @return in milliseconds
   */
  public double millis(double percent) {
    int rank = (int) Math.ceil(percent / 100 * sortedNanos.length);
    return sortedNanos[Math.max(rank, 1) - 1] / NANOS_PER_MILLI;
  }
}
