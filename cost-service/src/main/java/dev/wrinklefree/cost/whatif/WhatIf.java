package dev.wrinklefree.cost.whatif;

import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run at other places, on machines with the same GPUs, which are taken to be as fast there. What
 * it costs to move is not counted: bringing checkpoints to another cloud, and setting machines up.
 *
 * @param runId the run
 * @param asOf the prices of that instant
 * @param basis what is compared
 * @param hours how long machines are needed, without work that has to be done twice; absent where
 *     nothing tells it, and then there are no totals
 * @param hoursSource what tells it; absent with {@code hours}
 * @param present where it is, or was, or is to be tried first; absent while that is unknown
 * @param offers the other places, the cheapest first
 */
public record WhatIf(
    String runId,
    Instant asOf,
    Basis basis,
    @Nullable BigDecimal hours,
    @Nullable String hoursSource,
    @Nullable Offer present,
    List<Offer> offers) {

  /** Copies the list. */
  public WhatIf {
    offers = List.copyOf(offers);
  }

  /**
   * One place.
   *
   * @param cloud lower-case cloud name; absent where it is not known yet
   * @param region absent if the price is the same in all
   * @param instanceType absent if the price holds for every type with these GPUs
   * @param accelerators GPUs per machine
   * @param spot whether the machines are interruptible
   * @param perHour price of all machines per hour
   * @param total money for the hours, with work that is expected to be done twice where {@code
   *     lossCounted}; absent without hours
   * @param difference {@code total} less that of {@code present}; absent if one of them is, and at
   *     {@code present} itself
   * @param lossCounted whether work that is expected to be lost with machines is in {@code total};
   *     on spot machines it is not where the run's rhythm of checkpoints is unknown
   * @param lossSource where the rate of losses comes from; absent unless {@code lossCounted}
   * @param priceSource where the price was read
   * @param priceDate the day it was read there; absent if that is not known
   * @param stale whether the price is older than 30 days or of unknown age
   */
  public record Offer(
      @Nullable String cloud,
      @Nullable String region,
      @Nullable String instanceType,
      @Nullable Accelerators accelerators,
      boolean spot,
      Money perHour,
      @Nullable Money total,
      @Nullable Money difference,
      boolean lossCounted,
      @Nullable String lossSource,
      String priceSource,
      @Nullable LocalDate priceDate,
      boolean stale) {}
}
