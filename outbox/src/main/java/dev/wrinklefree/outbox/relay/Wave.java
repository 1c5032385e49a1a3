package dev.wrinklefree.outbox.relay;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of one round of publishing.
 *
 * @param claimed rows that were locked
 * @param latencies of the rows that the broker acknowledged and that are deleted: from the append
 *     to the acknowledgement
 * @param firstFailure why a row was not published; null if all were
 */
record Wave(int claimed, List<Duration> latencies, @Nullable Throwable firstFailure) {

  /** Nothing was there to publish. */
  static final Wave EMPTY = new Wave(0, List.of(), null);

  /** How many rows were published. */
  int published() {
    return latencies.size();
  }

  Optional<Throwable> failure() {
    return Optional.ofNullable(firstFailure);
  }
}
