package dev.wrinklefree.cost.accrual;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When a run's complete checkpoints were written. */
@FunctionalInterface
public interface Saves {

  /** No checkpoint at all. */
  Saves NONE = (from, to) -> Optional.empty();

  /**
   * The last one in a time.
   *
   * @param from exclusive
   * @param to inclusive; absent for a time that goes on
   */
  Optional<Instant> lastWithin(Instant from, @Nullable Instant to);
}
