package dev.wrinklefree.cost.estimate;

import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run would cost, by list prices.
 *
 * @param model as asked
 * @param scale as asked
 * @param hours how long it takes; absent if nobody has said so
 * @param hoursSource who says so; absent with {@code hours}
 * @param offers machines that fit, the preferred cloud's first, then the cheapest
 */
public record Estimate(
    String model,
    String scale,
    @Nullable BigDecimal hours,
    @Nullable String hoursSource,
    List<Offer> offers) {

  /** Copies the list. */
  public Estimate {
    offers = List.copyOf(offers);
  }

  /**
   * A machine that the scale fits on.
   *
   * @param cloud lower-case cloud name
   * @param region absent if the price is the same in all
   * @param instanceType absent if the price holds for every type with these GPUs
   * @param accelerators GPUs of the machine
   * @param spot whether it is interruptible
   * @param perHour list price per hour
   * @param total for {@code hours}, rounded half up to a millionth; absent without them
   * @param priceSource where the price was read
   * @param priceDate the day it was read there; absent if that is not known
   * @param stale whether the price is older than 30 days or of unknown age
   */
  public record Offer(
      String cloud,
      @Nullable String region,
      @Nullable String instanceType,
      Accelerators accelerators,
      boolean spot,
      Money perHour,
      @Nullable Money total,
      String priceSource,
      @Nullable LocalDate priceDate,
      boolean stale) {}
}
