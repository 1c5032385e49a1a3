package dev.wrinklefree.outbox.relay;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of one round of publishing.
 *
 * @param claimed rows that were locked
 * @param published rows that the broker acknowledged and that are deleted
 * @param firstFailure why a row was not published; null if all were
 */
record Wave(int claimed, int published, @Nullable Throwable firstFailure) {

  Optional<Throwable> failure() {
    return Optional.ofNullable(firstFailure);
  }
}
