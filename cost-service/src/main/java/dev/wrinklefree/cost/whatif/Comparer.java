package dev.wrinklefree.cost.whatif;

import dev.wrinklefree.contract.event.CostUpdated.Quote;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.cost.accrual.PinnedPrice;
import dev.wrinklefree.cost.accrual.PricedInterval;
import dev.wrinklefree.cost.accrual.Remaining;
import dev.wrinklefree.cost.accrual.RunCost;
import dev.wrinklefree.cost.outlook.LossRate;
import dev.wrinklefree.cost.pricing.PriceRow;
import dev.wrinklefree.cost.run.KnownRun;
import dev.wrinklefree.cost.whatif.WhatIf.Offer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares a run's place with the others that have a price. */
public final class Comparer {

  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);
  private static final int HOURS_SCALE = 4;

  private final KnownRun run;
  private final Instant now;
  private final Basis basis;
  private final @Nullable Remaining time;

  private Comparer(KnownRun run, Instant now) {
    this.run = run;
    this.now = now;
    this.basis = basis(run.cost());
    this.time = time(run.cost(), basis, now).orElse(null);
  }

  /**
   * The comparison.
   *
   * @param rows prices in use
   */
  public static WhatIf compare(KnownRun run, List<PriceRow> rows, Instant now) {
    return new Comparer(run, now).compare(rows);
  }

  private WhatIf compare(List<PriceRow> rows) {
    Optional<Offer> present = present();
    Money presentTotal = present.map(Offer::total).orElse(null);
    return new WhatIf(
        run.cost().runId().value(),
        now,
        basis,
        time == null
            ? null
            : time.seconds().divide(SECONDS_PER_HOUR, HOURS_SCALE, RoundingMode.HALF_UP),
        time == null ? null : time.source(),
        present.orElse(null),
        rows.stream()
            .filter(row -> row.accelerators().equals(accelerators()))
            .filter(row -> present.isEmpty() || !isPresent(row, present.get()))
            .map(row -> offer(row, presentTotal))
            .sorted(Comparator.comparing(offer -> worth(offer).amount()))
            .toList());
  }

  private static Money worth(Offer offer) {
    return Objects.requireNonNullElse(offer.total(), offer.perHour());
  }

  private static Basis basis(RunCost cost) {
    if (cost.ended()) {
      return Basis.PAST;
    }
    return cost.intervals().isEmpty() ? Basis.WHOLE : Basis.REMAINING;
  }

  private static Optional<Remaining> time(RunCost cost, Basis basis, Instant now) {
    return switch (basis) {
      case WHOLE, REMAINING -> cost.remaining(now);
      case PAST ->
          Optional.of(
              new Remaining(
                  BigDecimal.valueOf(cost.machineSecondsUpTo(now)), "the time it had machines"));
    };
  }

  private Optional<PricedInterval> last() {
    List<PricedInterval> intervals = run.cost().intervals();
    return intervals.isEmpty() ? Optional.empty() : Optional.of(intervals.getLast());
  }

  private Optional<Placement> placement() {
    return last().map(last -> last.interval().placement());
  }

  private @Nullable Accelerators accelerators() {
    return placement().map(Placement::accelerators).orElse(run.facts().accelerators());
  }

  private int nodes() {
    return placement().map(Placement::nodes).orElse(1);
  }

  private Optional<Offer> present() {
    if (last().isPresent()) {
      return last().flatMap(this::present);
    }
    Quote quote = run.cost().outlook().quote();
    return quote == null
        ? Optional.empty()
        : Optional.of(
            offer(
                quote.cloud(),
                quote.region(),
                quote.instanceType(),
                quote.spot(),
                quote.perHour(),
                null,
                quote.priceSource(),
                quote.priceDate(),
                quote.stale()));
  }

  private Optional<Offer> present(PricedInterval last) {
    PinnedPrice price = last.price();
    Optional<Money> perHour = last.perHour();
    Placement place = last.interval().placement();
    return price == null || place == null || perHour.isEmpty()
        ? Optional.empty()
        : Optional.of(
            offer(
                place.cloud(),
                place.region(),
                place.instanceType(),
                place.spot(),
                perHour.get(),
                null,
                price.source(),
                price.asOf(),
                PriceRow.staleAt(price.asOf(), now)));
  }

  private Offer offer(PriceRow row, @Nullable Money presentTotal) {
    return offer(
        row.cloud(),
        row.region(),
        row.instanceType(),
        row.spot(),
        row.perHour().times(BigDecimal.valueOf(nodes())),
        presentTotal,
        row.source(),
        row.asOf(),
        row.staleAt(now));
  }

  private Offer offer(
      String cloud,
      @Nullable String region,
      @Nullable String instanceType,
      boolean spot,
      Money perHour,
      @Nullable Money presentTotal,
      String priceSource,
      @Nullable LocalDate priceDate,
      boolean stale) {
    Optional<LossRate> losses = expectedLosses(spot);
    Money total = time == null ? null : total(perHour, time.seconds(), losses);
    return new Offer(
        cloud,
        region,
        instanceType,
        accelerators(),
        spot,
        perHour,
        total,
        total == null || presentTotal == null
            ? null
            : new Money(total.amount().subtract(presentTotal.amount()), total.currency()),
        losses.isPresent(),
        losses.map(LossRate::source).orElse(null),
        priceSource,
        priceDate,
        stale);
  }

  /** Of machines of that kind: what the run has lost tells of its own kind only. */
  private Optional<LossRate> expectedLosses(boolean spot) {
    boolean ownKind = placement().map(place -> place.spot() == spot).orElse(false);
    boolean lostBefore = ownKind && run.cost().losses() > 0;
    if (basis == Basis.PAST
        || run.cost().outlook().rhythm().intervalSeconds() == null
        || !(spot || lostBefore)) {
      return Optional.empty();
    }
    Accelerators gpus = accelerators();
    return Optional.of(
        ownKind
            ? run.cost().lossRate(now)
            : LossRate.of(0, 0, spot, nodes() * (gpus == null ? 1 : gpus.count())));
  }

  private Money total(Money perHour, BigDecimal seconds, Optional<LossRate> losses) {
    Long interval = run.cost().outlook().rhythm().intervalSeconds();
    double again = interval == null ? 0 : losses.map(rate -> rate.lostShare(interval)).orElse(0.0);
    BigDecimal all =
        seconds.multiply(BigDecimal.ONE.add(BigDecimal.valueOf(again)), MathContext.DECIMAL64);
    return new Money(
        perHour
            .amount()
            .multiply(all)
            .divide(SECONDS_PER_HOUR, Money.COMPUTED_SCALE, RoundingMode.HALF_UP),
        perHour.currency());
  }

  private static boolean isPresent(PriceRow row, Offer present) {
    return row.cloud().equals(present.cloud())
        && row.spot() == present.spot()
        && (row.region() == null || row.region().equals(present.region()))
        && (row.instanceType() == null || row.instanceType().equals(present.instanceType()));
  }
}
