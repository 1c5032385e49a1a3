package dev.wrinklefree.cost.accrual;

import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.cost.metering.MachineInterval;
import dev.wrinklefree.cost.pricing.BillingRules;
import dev.wrinklefree.cost.pricing.Prices;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives each interval its price once. An interval that was counted before, with the same start and
 * the same machines, keeps what it had, even if another price is in use by now.
 */
public final class PricePinning {

  private final Prices prices;
  private final BillingRules rules;

  /** Prices from {@code prices}, minimums from {@code rules}. */
  public PricePinning(Prices prices, BillingRules rules) {
    this.prices = prices;
    this.rules = rules;
  }

  /**
   * The intervals with their prices.
   *
   * @param intervals of the run now
   * @param recorded of the run before
   */
  public List<PricedInterval> pin(List<MachineInterval> intervals, List<PricedInterval> recorded) {
    return intervals.stream()
        .map(interval -> kept(interval, recorded).orElseGet(() -> looked(interval)))
        .toList();
  }

  private static Optional<PricedInterval> kept(
      MachineInterval interval, List<PricedInterval> recorded) {
    return recorded.stream()
        .filter(
            earlier ->
                earlier.interval().from().equals(interval.from())
                    && Objects.equals(earlier.interval().placement(), interval.placement()))
        .findFirst()
        .map(earlier -> new PricedInterval(interval, earlier.price(), earlier.minimum(), null));
  }

  private PricedInterval looked(MachineInterval interval) {
    Placement placement = interval.placement();
    return new PricedInterval(
        interval,
        price(placement),
        rules.minimumFor(placement == null ? null : placement.cloud()),
        null);
  }

  private @Nullable PinnedPrice price(@Nullable Placement placement) {
    return placement == null
        ? null
        : prices
            .find(placement)
            .map(row -> new PinnedPrice(row.perHour(), row.source(), row.asOf()))
            .orElse(null);
  }
}
