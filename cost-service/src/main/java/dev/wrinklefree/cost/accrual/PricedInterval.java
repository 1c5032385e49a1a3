package dev.wrinklefree.cost.accrual;

import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.cost.metering.MachineInterval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An interval with what was known of its price when it was first counted. Money is whole seconds
 * times the price of all nodes per hour over 3600, rounded half up to a millionth.
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

  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

  /** With what {@code saves} knows of its time. */
  public PricedInterval savedAsIn(Saves saves) {
    return new PricedInterval(
        interval, price, minimum, saves.lastWithin(interval.from(), interval.to()).orElse(null));
  }

  /** Number of machines. */
  public int nodes() {
    return interval.placement() == null ? 1 : interval.placement().nodes();
  }

  /** Price of all nodes per hour, if it is known. */
  public Optional<Money> perHour() {
    return Optional.ofNullable(price)
        .map(
            known ->
                new Money(
                    known.perHour().amount().multiply(BigDecimal.valueOf(nodes())),
                    known.perHour().currency()));
  }

  /** Whole seconds up to {@code at}; none where our clock is behind the one that told the start. */
  public long secondsUpTo(Instant at) {
    return secondsBetween(interval.from(), at);
  }

  /** Money up to {@code at}, at least for the minimum, if the price is known. */
  public Optional<Money> spentUpTo(Instant at) {
    return perHour().map(rate -> amount(rate, Math.max(secondsUpTo(at), minimum.toSeconds())));
  }

  /** Money after the last checkpoint up to {@code at}; all of it where there is no checkpoint. */
  public Optional<Money> spentSinceSaved(Instant at) {
    return perHour().map(rate -> amount(rate, secondsSinceSaved(at)));
  }

  /** Whole seconds after the last checkpoint up to {@code at}; all where there is none. */
  long secondsSinceSaved(Instant at) {
    return secondsBetween(Objects.requireNonNullElse(savedAt, interval.from()), at);
  }

  private long secondsBetween(Instant from, Instant at) {
    Instant end = Objects.requireNonNullElse(interval.to(), at);
    return Math.max(0, Duration.between(from, end.isBefore(at) ? end : at).toSeconds());
  }

  private static Money amount(Money perHour, long seconds) {
    return new Money(
        perHour
            .amount()
            .multiply(BigDecimal.valueOf(seconds))
            .divide(SECONDS_PER_HOUR, Money.COMPUTED_SCALE, RoundingMode.HALF_UP),
        perHour.currency());
  }
}
