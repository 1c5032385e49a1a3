package dev.wrinklefree.cost.accrual;

import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.event.CostUpdated.Earlier;
import dev.wrinklefree.contract.event.CostUpdated.Interval;
import dev.wrinklefree.contract.event.CostUpdated.Pricing;
import dev.wrinklefree.contract.value.Budget;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.cost.metering.MachineInterval;
import dev.wrinklefree.cost.pricing.PriceRow;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Adds up intervals as of an instant. The total is the sum of the rounded amounts, so that the
 * figures of an event add up to the last digit.
 */
final class Accrual {

  /** The currency of every figure; the price book takes no other. */
  private static final String CURRENCY = "USD";

  private static final Money NOTHING = Money.usd("0");

  private Accrual() {}

  static CostUpdated asOf(RunCost run, Instant asOf) {
    List<Interval> intervals =
        IntStream.range(0, run.intervals().size())
            .mapToObj(i -> interval(run.intervals().get(i), asOf, run.lostItsWork(i)))
            .toList();
    Pricing pricing = pricing(intervals);
    Money spent = pricing == Pricing.UNKNOWN ? null : spent(intervals);
    Budget budget = run.budget();
    Prospects prospects = new Prospects(run, asOf);
    return new CostUpdated(
        run.runId(),
        asOf,
        pricing,
        CURRENCY,
        spent,
        perHourNow(intervals),
        run.accruing(),
        run.ended(),
        intervals.stream().anyMatch(Interval::stale),
        intervals.subList(listedFrom(intervals), intervals.size()),
        earlier(intervals.subList(0, listedFrom(intervals))),
        atRisk(run, asOf),
        lost(intervals),
        spent == null ? null : run.output().costs(spent),
        spent == null || budget == null ? null : BudgetUse.of(budget, spent),
        prospects.forecast(pricing, spent),
        run.outlook().quote(),
        prospects.advice());
  }

  private static @Nullable Money atRisk(RunCost run, Instant asOf) {
    return run.intervals().stream()
        .filter(priced -> priced.interval().isOpen())
        .findFirst()
        .flatMap(priced -> priced.spentSinceSaved(asOf))
        .orElse(null);
  }

  private static @Nullable Money lost(List<Interval> intervals) {
    return intervals.stream()
        .map(Interval::lost)
        .filter(Objects::nonNull)
        .reduce(Money::plus)
        .orElse(null);
  }

  private static int listedFrom(List<Interval> intervals) {
    return Math.max(0, intervals.size() - CostUpdated.MOST_INTERVALS);
  }

  private static @Nullable Earlier earlier(List<Interval> intervals) {
    if (intervals.isEmpty()) {
      return null;
    }
    return new Earlier(
        intervals.size(),
        intervals.stream().mapToLong(Interval::seconds).sum(),
        (int) intervals.stream().filter(interval -> interval.amount() == null).count(),
        spent(intervals));
  }

  private static Interval interval(PricedInterval priced, Instant asOf, boolean lostItsWork) {
    MachineInterval machines = priced.interval();
    Optional<Placement> placement = Optional.ofNullable(machines.placement());
    PinnedPrice price = priced.price();
    return new Interval(
        machines.from(),
        machines.to(),
        priced.secondsUpTo(countedTo(machines.to(), asOf)),
        placement.map(Placement::cloud).orElse(null),
        placement.map(Placement::region).orElse(null),
        placement.map(Placement::instanceType).orElse(null),
        placement.map(Placement::accelerators).orElse(null),
        placement.map(Placement::spot).orElse(false),
        priced.nodes(),
        priced.perHour().orElse(null),
        priced.spentUpTo(countedTo(machines.to(), asOf)).orElse(null),
        price == null ? null : price.source(),
        price == null ? null : price.asOf(),
        price != null && PriceRow.staleAt(price.asOf(), machines.from()),
        priced.savedAt(),
        lostItsWork ? priced.spentSinceSaved(countedTo(machines.to(), asOf)).orElse(null) : null);
  }

  /** What has ended is counted whole, even where our clock is behind the one that told the end. */
  private static Instant countedTo(@Nullable Instant end, Instant asOf) {
    return end == null ? asOf : end;
  }

  private static Pricing pricing(List<Interval> intervals) {
    long priced = intervals.stream().filter(interval -> interval.amount() != null).count();
    if (priced == intervals.size()) {
      return Pricing.KNOWN;
    }
    return priced == 0 ? Pricing.UNKNOWN : Pricing.PARTIAL;
  }

  private static Money spent(List<Interval> intervals) {
    return intervals.stream()
        .map(Interval::amount)
        .filter(Objects::nonNull)
        .reduce(NOTHING, Money::plus);
  }

  private static @Nullable Money perHourNow(List<Interval> intervals) {
    return intervals.stream()
        .filter(interval -> interval.to() == null)
        .map(Interval::perHour)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
