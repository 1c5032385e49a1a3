package dev.wrinklefree.skypilot.requests;

import java.time.Duration;

/** A point in monotonic time, untouched by changes of the wall clock. */
final class Deadline {
  private final long endNanos;

  private Deadline(long endNanos) {
    this.endNanos = endNanos;
  }

  static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  boolean passed() {
    return !remaining().isPositive();
  }

  /** The shorter of {@code duration} and what is left. */
  Duration limit(Duration duration) {
    Duration remaining = remaining();
    return remaining.compareTo(duration) < 0 ? remaining : duration;
  }

  private Duration remaining() {
    return Duration.ofNanos(endNanos - System.nanoTime());
  }
}
