package dev.wrinklefree.cost.accrual;

import dev.wrinklefree.cost.metering.MachineInterval;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An interval with what was known of its price when it was first counted.
 *
 * @param interval when the machines existed
 * @param price its price; absent if the price book had none
 * @param minimum the least time that the cloud bills for it
 */
public record PricedInterval(
    MachineInterval interval, @Nullable PinnedPrice price, Duration minimum) {}
