package dev.wrinklefree.cost.metering;

import dev.wrinklefree.contract.value.Placement;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time in which the same machines existed.
 *
 * @param from inclusive
 * @param to exclusive, not before {@code from}; absent while the machines exist
 * @param placement what they are, without the zone, which no price depends on; absent if not known
 */
public record MachineInterval(Instant from, @Nullable Instant to, @Nullable Placement placement) {

  /**
   * @throws IllegalArgumentException if {@code to} is before {@code from}
   */
  public MachineInterval {
    if (to != null && to.isBefore(from)) {
      throw new IllegalArgumentException(
          "interval ends at " + to + ", before it starts at " + from);
    }
  }

  /** Whether the machines still exist. */
  public boolean isOpen() {
    return to == null;
  }
}
