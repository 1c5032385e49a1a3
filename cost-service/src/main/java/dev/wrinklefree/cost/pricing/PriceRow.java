package dev.wrinklefree.cost.pricing;

import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * One offer of the price book.
 *
 * @param cloud lower-case cloud name
 * @param region the region it holds in; absent means any
 * @param instanceType the machine type it holds for; absent means any type with these accelerators
 * @param accelerators GPUs of the whole instance
 * @param spot whether it is the price of an interruptible instance
 * @param perHour price of the whole instance per hour
 * @param source where the price was read
 * @param asOf the day it was read there; absent if that is not known
 */
public record PriceRow(
    String cloud,
    @Nullable String region,
    @Nullable String instanceType,
    Accelerators accelerators,
    boolean spot,
    Money perHour,
    String source,
    @Nullable LocalDate asOf) {

  /**
   * Days after which a price may mislead: in 2026 the price of an H100 rose by 14 to 53 % within a
   * month at three providers.
   */
  public static final int FRESH_DAYS = 30;

  /** Whether it is the price in that region, too. */
  public boolean holdsIn(String place) {
    return region == null || region.equals(place);
  }

  /** Whether the price is too old, or of unknown age, to be relied on at {@code instant}. */
  public boolean staleAt(Instant instant) {
    return staleAt(asOf, instant);
  }

  /**
   * Whether a price read on {@code asOf} is too old to be relied on at {@code instant}.
   *
   * @param asOf the day it was read; absent means an unknown age, which counts as too old
   */
  public static boolean staleAt(@Nullable LocalDate asOf, Instant instant) {
    return asOf == null
        || asOf.plusDays(FRESH_DAYS).isBefore(LocalDate.ofInstant(instant, ZoneOffset.UTC));
  }
}
