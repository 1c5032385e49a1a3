package dev.wrinklefree.cost.accrual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.event.CostUpdated.Interval;
import dev.wrinklefree.contract.event.CostUpdated.Pricing;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.cost.metering.MachineInterval;
import dev.wrinklefree.cost.metering.Said;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

class RunCostPropertiesTest {

  private static final String SEED = "20261123";
  private static final RunId RUN = new RunId("my-run");
  private static final BigDecimal MILLIONTH = new BigDecimal("0.000001");

  @Property(seed = SEED)
  void theTotalIsTheSumOfTheFiguresToTheLastDigit(@ForAll("runs") RunCost run) {
    CostUpdated cost = run.asOf(Said.minute(100_000));

    BigDecimal sum =
        cost.intervals().stream()
            .map(Interval::amount)
            .filter(Objects::nonNull)
            .map(Money::amount)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    if (cost.pricing() == Pricing.UNKNOWN) {
      assertThat(cost.spent()).isNull();
    } else {
      assertThat(Objects.requireNonNull(cost.spent()).amount()).isEqualByComparingTo(sum);
    }
  }

  @Property(seed = SEED)
  void noFigureIsEverNegativeAndAnUnknownPriceNeverYieldsMoney(
      @ForAll("runs") RunCost run, @ForAll @IntRange(min = -100, max = 100_000) int minute) {
    CostUpdated cost = run.asOf(Said.minute(minute));

    assertThat(cost.intervals())
        .allSatisfy(
            interval -> {
              assertThat(interval.seconds()).isNotNegative();
              assertThat(interval.amount() == null).isEqualTo(interval.perHour() == null);
              if (interval.amount() != null) {
                assertThat(interval.amount().amount()).isNotNegative();
              }
            });
    for (int i = 0; i < run.intervals().size(); i++) {
      assertThat(cost.intervals().get(i).amount() == null)
          .isEqualTo(run.intervals().get(i).price() == null);
    }
    assertThat(cost.spent() == null).isEqualTo(cost.pricing() == Pricing.UNKNOWN);
  }

  @Property(seed = SEED)
  void moneyNeverShrinksAsTimeGoesOn(
      @ForAll("runs") RunCost run,
      @ForAll @IntRange(max = 50_000) int minute,
      @ForAll @IntRange(max = 50_000) int more) {
    Money earlier = run.asOf(Said.minute(minute)).spent();
    Money later = run.asOf(Said.minute(minute + more)).spent();

    assertThat(later == null).isEqualTo(earlier == null);
    if (earlier != null && later != null) {
      assertThat(later.amount()).isGreaterThanOrEqualTo(earlier.amount());
    }
  }

  @Property(seed = SEED)
  void splittingATimeLineChangesNothingBeyondTheRoundingOfEachPart(
      @ForAll("prices") PinnedPrice price,
      @ForAll @Size(min = 1, max = 20) List<@IntRange(max = 5000) Integer> parts) {
    List<PricedInterval> split = new ArrayList<>();
    Instant from = Said.T0;
    for (int seconds : parts) {
      split.add(priced(from, from.plusSeconds(seconds), price, 1, Duration.ZERO));
      from = from.plusSeconds(seconds);
    }
    RunCost whole =
        RunCost.empty(RUN).metered(List.of(priced(Said.T0, from, price, 1, Duration.ZERO)), true);

    BigDecimal difference =
        spent(RunCost.empty(RUN).metered(split, true)).subtract(spent(whole)).abs();

    assertThat(difference)
        .isLessThanOrEqualTo(MILLIONTH.multiply(BigDecimal.valueOf(parts.size())));
  }

  private static BigDecimal spent(RunCost run) {
    return Objects.requireNonNull(run.asOf(Said.T0).spent()).amount();
  }

  @Provide
  Arbitrary<RunCost> runs() {
    record Part(int gap, int seconds, @Nullable PinnedPrice price, int nodes, int minimum) {}
    return Combinators.combine(
            Arbitraries.integers().between(0, 5000),
            Arbitraries.integers().between(0, 100_000),
            prices().injectNull(0.3),
            Arbitraries.integers().between(1, 8),
            Arbitraries.of(0, 60))
        .as(Part::new)
        .list()
        .ofMaxSize(8)
        .flatMap(
            parts ->
                Arbitraries.of(true, false)
                    .map(
                        open -> {
                          List<PricedInterval> intervals = new ArrayList<>();
                          Instant at = Said.T0;
                          for (int i = 0; i < parts.size(); i++) {
                            Part part = parts.get(i);
                            Instant from = at.plusSeconds(part.gap());
                            at = from.plusSeconds(part.seconds());
                            boolean last = i == parts.size() - 1;
                            intervals.add(
                                priced(
                                    from,
                                    open && last ? null : at,
                                    part.price(),
                                    part.nodes(),
                                    Duration.ofSeconds(part.minimum())));
                          }
                          return RunCost.empty(RUN).metered(intervals, !open);
                        }));
  }

  @Provide
  Arbitrary<PinnedPrice> prices() {
    return Arbitraries.bigDecimals()
        .between(MILLIONTH, BigDecimal.valueOf(200))
        .ofScale(6)
        .map(perHour -> new PinnedPrice(new Money(perHour, "USD"), "test", null));
  }

  private static PricedInterval priced(
      Instant from,
      @Nullable Instant to,
      @Nullable PinnedPrice price,
      int nodes,
      Duration minimum) {
    Placement placement =
        new Placement("nebius", null, null, null, new Accelerators("H100", 1), true, nodes);
    return new PricedInterval(new MachineInterval(from, to, placement), price, minimum, null);
  }
}
