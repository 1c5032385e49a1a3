package dev.wrinklefree.cost.accrual;

import static dev.wrinklefree.contract.event.JobState.RECOVERING;
import static dev.wrinklefree.contract.event.JobState.RUNNING;
import static dev.wrinklefree.contract.event.JobState.SUCCEEDED;
import static dev.wrinklefree.cost.metering.Said.GCP;
import static dev.wrinklefree.cost.metering.Said.NEBIUS;
import static dev.wrinklefree.cost.metering.Said.minute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.event.CostUpdated.BudgetStatus;
import dev.wrinklefree.contract.event.CostUpdated.BudgetStatus.Level;
import dev.wrinklefree.contract.event.CostUpdated.Earlier;
import dev.wrinklefree.contract.event.CostUpdated.Interval;
import dev.wrinklefree.contract.event.CostUpdated.Pricing;
import dev.wrinklefree.contract.event.CostUpdated.UnitCosts;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Budget;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.cost.metering.Said;
import dev.wrinklefree.cost.pricing.BillingRules;
import dev.wrinklefree.cost.pricing.PriceBook;
import dev.wrinklefree.cost.pricing.PriceBookParser;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RunCostTest {

  private static final RunId RUN = new RunId("my-run");
  private static final Placement UNPRICED =
      new Placement("lambda", null, null, "gpu_1x_h100", new Accelerators("H100", 1), false, 1);

  @Test
  void shouldCountSecondsTimesThePricePerHour() {
    CostUpdated cost = cost(new Said().at(0, RUNNING, NEBIUS)).asOf(minute(30));

    assertThat(cost.spent()).isEqualTo(Money.usd("1.80"));
    assertThat(cost.perHour()).isEqualTo(Money.usd("3.60"));
    assertThat(cost.pricing()).isEqualTo(Pricing.KNOWN);
    assertThat(cost.accruing()).isTrue();
    assertThat(cost.ended()).isFalse();
    assertThat(cost.currency()).isEqualTo("USD");
    assertThat(cost.asOf()).isEqualTo(minute(30));
    assertThat(cost.intervals())
        .containsExactly(
            new Interval(
                minute(0),
                null,
                1800,
                "nebius",
                "eu-north1",
                "gpu-h100-sxm_1gpu-16vcpu-200gb",
                new Accelerators("H100", 1),
                true,
                1,
                Money.usd("3.60"),
                Money.usd("1.80"),
                "price list",
                LocalDate.parse("2026-11-09"),
                false,
                null,
                null));
  }

  @Test
  void shouldRoundEachAmountHalfUpToAMillionth() {
    // 1 s at 3.60 is 0.001; 7 s at 0.0009 per hour is 0.00000175, so 0.000002.
    PriceBook cheap = book("nebius,any,any,H100,1,true,0.0009,USD,s,2026-11-09");
    CostUpdated cost =
        cost(new Said().at(0, RUNNING, NEBIUS), cheap).asOf(minute(0).plusSeconds(7));

    assertThat(cost.spent()).isEqualTo(Money.usd("0.000002"));
  }

  @Test
  void shouldCostNothingInTheGapOfARecovery() {
    RunCost run =
        cost(
            new Said()
                .at(0, RUNNING, 1, NEBIUS)
                .at(10, RECOVERING, 1, null)
                .at(40, RUNNING, 2, NEBIUS)
                .at(50, SUCCEEDED, 2, NEBIUS));

    assertThat(run.asOf(minute(600)).spent()).isEqualTo(Money.usd("1.20"));
    assertThat(run.asOf(minute(600)).perHour()).isNull();
    assertThat(run.asOf(minute(600)).ended()).isTrue();
  }

  @Test
  void shouldSumUpTheOldestIntervalsOfARunThatRecoversForEver() {
    Said said = new Said();
    for (int attempt = 1; attempt <= 1000; attempt++) {
      said.at(2 * attempt, RUNNING, attempt, NEBIUS).at(2 * attempt + 1, RECOVERING, attempt, null);
    }

    CostUpdated cost = cost(said).asOf(minute(3000));

    assertThat(cost.spent()).isEqualTo(Money.usd("60.00"));
    assertThat(cost.intervals()).hasSize(CostUpdated.MOST_INTERVALS);
    assertThat(cost.intervals().getFirst().from()).isEqualTo(minute(2 * 901));
    assertThat(cost.earlier()).isEqualTo(new Earlier(900, 54_000, 0, Money.usd("54.00")));
  }

  @Test
  void shouldPutAtRiskWhatWasSpentSinceTheLastCheckpoint() {
    RunCost run = saved(new Said().at(0, RUNNING, NEBIUS), 20);

    assertThat(run.asOf(minute(20)).atRisk()).isEqualTo(Money.usd("0"));
    assertThat(run.asOf(minute(50)).atRisk()).isEqualTo(Money.usd("1.80"));
    assertThat(run.asOf(minute(50)).lost()).isNull();
    assertThat(run.asOf(minute(50)).intervals().getFirst().savedAt()).isEqualTo(minute(20));
  }

  @Test
  void shouldPutAllAtRiskBeforeTheFirstCheckpoint() {
    assertThat(cost(new Said().at(0, RUNNING, NEBIUS)).asOf(minute(50)).atRisk())
        .isEqualTo(Money.usd("3.00"));
  }

  @Test
  void shouldCountWhatEachPreemptionLost() {
    Said said =
        new Said()
            .at(0, RUNNING, 1, NEBIUS)
            .at(30, RECOVERING, 1, null)
            .at(40, RUNNING, 2, NEBIUS)
            .at(60, RECOVERING, 2, null)
            .at(70, RUNNING, 3, NEBIUS);

    CostUpdated cost = saved(said, 10, 25, 80).asOf(minute(90));

    // 25 to 30, then all of 40 to 60, of 0.06 per minute each.
    assertThat(cost.intervals())
        .extracting(Interval::lost)
        .containsExactly(Money.usd("0.30"), Money.usd("1.20"), null);
    assertThat(cost.lost()).isEqualTo(Money.usd("1.50"));
    assertThat(cost.atRisk()).isEqualTo(Money.usd("0.60"));
  }

  @Test
  void shouldLoseNothingAtTheEndOfTheRun() {
    RunCost run = saved(new Said().at(0, RUNNING, NEBIUS).at(30, SUCCEEDED, NEBIUS), 20);

    assertThat(run.asOf(minute(60)).lost()).isNull();
    assertThat(run.asOf(minute(60)).atRisk()).isNull();
  }

  @Test
  void shouldDivideTheMoneyByWhatItBought() {
    RunCost run =
        cost(new Said().at(0, RUNNING, NEBIUS))
            .producing(
                Output.NONE
                    .withCheckpoint(500L)
                    .withCheckpoint(200L)
                    .withProgress(400L, 3_000_000L));

    UnitCosts costs = run.asOf(minute(50)).unitCosts();

    assertThat(costs)
        .isEqualTo(
            new UnitCosts(
                2, 500L, 3_000_000L, Money.usd("1.50"), Money.usd("6.00"), Money.usd("1.00")));
  }

  @Test
  void shouldHoldTheMoneyAgainstTheBudget() {
    RunCost run =
        cost(new Said().at(0, RUNNING, NEBIUS))
            .within(new Budget(Money.usd("3.60"), Budget.Action.CANCEL));

    assertThat(run.asOf(minute(47)).budget())
        .extracting(BudgetStatus::level)
        .isEqualTo(Level.WITHIN);
    assertThat(run.asOf(minute(48)).budget()).extracting(BudgetStatus::level).isEqualTo(Level.NEAR);
    assertThat(run.asOf(minute(60)).budget()).extracting(BudgetStatus::level).isEqualTo(Level.NEAR);
    assertThat(run.asOf(minute(61)).budget())
        .isEqualTo(
            new BudgetStatus(
                Money.usd("3.60"), Budget.Action.CANCEL, Level.PASSED, Money.usd("0.06")));
  }

  @Test
  void shouldCountEveryNode() {
    Placement three =
        new Placement(
            "nebius", "eu-north1", null, NEBIUS.instanceType(), NEBIUS.accelerators(), true, 3);

    CostUpdated cost = cost(new Said().at(0, RUNNING, three)).asOf(minute(60));

    assertThat(cost.perHour()).isEqualTo(Money.usd("10.80"));
    assertThat(cost.spent()).isEqualTo(Money.usd("10.80"));
  }

  @Test
  void shouldBillTheMinimumOfTheCloudForEachStart() {
    Said shortOfAMinute =
        new Said().at(0, RUNNING, 1, GCP).at(0, RUNNING, 2, GCP).at(0, SUCCEEDED, 2, GCP);

    CostUpdated cost = cost(shortOfAMinute).asOf(minute(60));

    assertThat(cost.intervals()).extracting(Interval::seconds).containsExactly(0L, 0L);
    assertThat(cost.spent()).isEqualTo(Money.usd("0.20"));
    assertThat(cost(new Said().at(0, RUNNING, NEBIUS)).asOf(minute(0)).spent())
        .isEqualTo(Money.usd("0"));
  }

  @Test
  void shouldSayUnknownAndNoMoneyWhereThereIsNoPrice() {
    CostUpdated cost = cost(new Said().at(0, RUNNING, UNPRICED)).asOf(minute(60));

    assertThat(cost.pricing()).isEqualTo(Pricing.UNKNOWN);
    assertThat(cost.spent()).isNull();
    assertThat(cost.perHour()).isNull();
    assertThat(cost.accruing()).isTrue();
    assertThat(cost.stalePrice()).isFalse();
    assertThat(cost.intervals())
        .singleElement()
        .satisfies(
            interval -> {
              assertThat(interval.seconds()).isEqualTo(3600);
              assertThat(interval.amount()).isNull();
              assertThat(interval.perHour()).isNull();
              assertThat(interval.priceSource()).isNull();
            });
  }

  @Test
  void shouldSayUnknownWhereThePlacementIsNotKnown() {
    CostUpdated cost = cost(new Said().at(0, RUNNING)).asOf(minute(60));

    assertThat(cost.pricing()).isEqualTo(Pricing.UNKNOWN);
    assertThat(cost.spent()).isNull();
  }

  @Test
  void shouldGiveALowerBoundWhereSomeIntervalsHaveNoPrice() {
    CostUpdated cost =
        cost(new Said().at(0, RUNNING, NEBIUS).at(60, RUNNING, UNPRICED)).asOf(minute(120));

    assertThat(cost.pricing()).isEqualTo(Pricing.PARTIAL);
    assertThat(cost.spent()).isEqualTo(Money.usd("3.60"));
    assertThat(cost.perHour()).isNull();
  }

  @Test
  void shouldKnowThatARunWithoutMachinesCostNothing() {
    CostUpdated cost = cost(new Said()).asOf(minute(0));

    assertThat(cost.pricing()).isEqualTo(Pricing.KNOWN);
    assertThat(cost.spent()).isEqualTo(Money.usd("0"));
    assertThat(cost.perHour()).isNull();
    assertThat(cost.intervals()).isEmpty();
  }

  @Test
  void shouldMarkEveryFigureThatRestsOnAnOldPrice() {
    PriceBook old = book("nebius,any,any,H100,1,true,3.60,USD,s,2026-10-23");

    CostUpdated cost =
        cost(new Said().at(0, RUNNING, NEBIUS).at(60, SUCCEEDED), old).asOf(minute(60));

    assertThat(cost.stalePrice()).isTrue();
    assertThat(cost.intervals()).singleElement().returns(true, Interval::stale);
    assertThat(cost.spent()).isEqualTo(Money.usd("3.60"));
  }

  @Test
  void shouldNeverCountBackwardsWhenOurClockIsBehind() {
    CostUpdated cost = cost(new Said().at(10, RUNNING, NEBIUS)).asOf(minute(0));

    assertThat(cost.spent()).isEqualTo(Money.usd("0"));
  }

  @Test
  void shouldKeepAPinnedPriceWhenTheBookChanges() {
    Said said = new Said().at(0, RUNNING, NEBIUS);
    List<PricedInterval> recorded = cost(said).intervals();
    PricePinning dearer =
        new PricePinning(book("nebius,any,any,H100,1,true,9.99,USD,s,2026-11-20"), rules());

    List<PricedInterval> later =
        dearer.pin(said.at(30, RUNNING, 2, NEBIUS).timeline().intervals(), recorded);

    CostUpdated cost = RunCost.empty(RUN).metered(later, false).asOf(minute(60));
    assertThat(cost.intervals())
        .extracting(Interval::perHour)
        .containsExactly(Money.usd("3.60"), Money.usd("9.99"));
    assertThat(cost.spent()).isEqualTo(Money.usd("6.795"));
  }

  @Test
  void shouldPriceAnewWhenTheMachinesBecomeKnown() {
    Said said = new Said().at(0, RUNNING);
    List<PricedInterval> recorded = cost(said).intervals();

    List<PricedInterval> later =
        pinning().pin(said.at(10, RUNNING, NEBIUS).timeline().intervals(), recorded);

    assertThat(RunCost.empty(RUN).metered(later, false).asOf(minute(60)).spent())
        .isEqualTo(Money.usd("3.60"));
  }

  private static RunCost cost(Said said) {
    return cost(said, testBook());
  }

  private static RunCost cost(Said said, PriceBook book) {
    return RunCost.empty(RUN)
        .metered(
            new PricePinning(book, rules()).pin(said.timeline().intervals(), List.of()),
            said.timeline().ended());
  }

  /** With complete checkpoints written at these minutes. */
  private static RunCost saved(Said said, int... minutes) {
    NavigableSet<Instant> written = new TreeSet<>();
    for (int minute : minutes) {
      written.add(minute(minute));
    }
    RunCost run = cost(said);
    return run.metered(
        run.intervals().stream()
            .map(
                interval ->
                    interval.savedAsIn(
                        (from, to) ->
                            Optional.ofNullable(written.floor(to == null ? Instant.MAX : to))
                                .filter(at -> at.isAfter(from))))
            .toList(),
        run.ended());
  }

  private static PricePinning pinning() {
    return new PricePinning(testBook(), rules());
  }

  private static PriceBook testBook() {
    return book(
        "nebius,any,gpu-h100-sxm_1gpu-16vcpu-200gb,H100,1,true,3.60,USD,price list,2026-11-09",
        "gcp,us-east4,a3-highgpu-1g,H100,1,true,6.00,USD,price list,2026-11-09");
  }

  static PriceBook book(String... rows) {
    List<String> lines = new ArrayList<>();
    lines.add(String.join(",", PriceBookParser.HEADER));
    lines.addAll(List.of(rows));
    return PriceBookParser.parse("test", lines);
  }

  static BillingRules rules() {
    return BillingRules.parse(
        "test", List.of("cloud,minimum_seconds,source", "gcp,60,test", "aws,60,test"));
  }
}
