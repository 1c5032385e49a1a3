package dev.wrinklefree.outbox.watching;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of a watch.
 *
 * @param lastSuccessAt null if no read ever succeeded
 * @param lastFailureAt null if none ever failed
 * @param lastFailure why the last that failed did
 */
record WatchState(
    @Nullable Instant lastSuccessAt,
    @Nullable Instant lastFailureAt,
    @Nullable String lastFailure) {

  static final int MAX_REASON = 500;

  /** Of a watch that has never said anything. */
  static final WatchState UNKNOWN = new WatchState(null, null, null);

  /** Whether the last word was a failure. */
  boolean isFailing() {
    return lastFailureAt != null && (lastSuccessAt == null || lastFailureAt.isAfter(lastSuccessAt));
  }
}
