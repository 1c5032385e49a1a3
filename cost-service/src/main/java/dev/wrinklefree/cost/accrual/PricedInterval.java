package dev.wrinklefree.cost.accrual;

import dev.wrinklefree.cost.metering.MachineInterval;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An interval with what was known of its price when it was first counted.
 *
 * @param interval when the machines existed
 * @param price its price; absent if the price book had none
 * @param minimum the least time that the cloud bills for it
 * @param savedAt the last complete checkpoint that was written in it; absent if there is none
 */
public record PricedInterval(
    MachineInterval interval,
    @Nullable PinnedPrice price,
    Duration minimum,
    @Nullable Instant savedAt) {

  /** With what {@code saves} knows of its time. */
  public PricedInterval savedAsIn(Saves saves) {
    return new PricedInterval(
        interval, price, minimum, saves.lastWithin(interval.from(), interval.to()).orElse(null));
  }
}
