package dev.wrinklefree.cost.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.wrinklefree.contract.event.CostUpdated.Quote;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.cost.accrual.PinnedPrice;
import dev.wrinklefree.cost.accrual.PricedInterval;
import dev.wrinklefree.cost.accrual.RunCost;
import dev.wrinklefree.cost.metering.MachineInterval;
import dev.wrinklefree.cost.metering.Said;
import dev.wrinklefree.cost.outlook.Outlook;
import dev.wrinklefree.cost.outlook.SaveRhythm;
import dev.wrinklefree.cost.pricing.PriceBookParser;
import dev.wrinklefree.cost.pricing.PriceRow;
import dev.wrinklefree.cost.run.KnownRun;
import dev.wrinklefree.cost.run.RunFacts;
import dev.wrinklefree.cost.whatif.WhatIf.Offer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A run of two hours on an H100 at 4 dollars per hour, one hour of which is done. */
class ComparerTest {

  private static final Accelerators H100 = new Accelerators("H100", 1);

  private static final List<PriceRow> ROWS =
      PriceBookParser.parse(
              "test",
              List.of(
                  String.join(",", PriceBookParser.HEADER),
                  "nebius,any,gpu-h100,H100,1,false,3.85,USD,nebius.com,2026-09-25",
                  "nebius,any,gpu-h100,H100,1,true,1.25,USD,nebius.com,2026-05-18",
                  "gcp,us-east4,a3-highgpu-1g,H100,1,false,10.979,USD,catalog,2026-11-20",
                  "aws,us-east-1,p5.48xlarge,H100,8,false,55.04,USD,catalog,2026-11-20"))
          .rows();

  private static final Quote QUOTE =
      new Quote(
          Money.usd("8"),
          Money.usd("4"),
          BigDecimal.TWO,
          "guide",
          "nebius",
          null,
          "gpu-h100",
          false,
          "list",
          LocalDate.parse("2026-11-20"),
          false);

  @Test
  void shouldCompareAllOfARunThatHasNotBegun() {
    WhatIf whatIf = compare(List.of(), false, Outlook.UNKNOWN.quoted(QUOTE));

    assertThat(whatIf.basis()).isEqualTo(Basis.WHOLE);
    assertThat(whatIf.hours()).isEqualByComparingTo("2");
    assertThat(whatIf.hoursSource()).isEqualTo("guide");
    assertThat(present(whatIf).total()).isEqualTo(Money.usd("8"));
    assertThat(whatIf.offers())
        .extracting(Offer::cloud, Offer::spot, Offer::total, Offer::difference)
        .containsExactly(
            tuple("nebius", true, Money.usd("2.50"), Money.usd("-5.50")),
            tuple("gcp", false, Money.usd("21.958"), Money.usd("13.958")));
  }

  @Test
  void shouldCompareWhatARunStillNeeds() {
    WhatIf whatIf = compare(List.of(open(1)), false, Outlook.UNKNOWN.quoted(QUOTE));

    assertThat(whatIf.basis()).isEqualTo(Basis.REMAINING);
    assertThat(whatIf.hours()).isEqualByComparingTo("1");
    assertThat(present(whatIf).perHour()).isEqualTo(Money.usd("4"));
    assertThat(present(whatIf).difference()).isNull();
    Offer spot = whatIf.offers().getFirst();
    assertThat(spot.difference()).isEqualTo(Money.usd("-2.75"));
    assertThat(spot.lossCounted()).isFalse();
    assertThat(spot.stale()).isTrue();
    assertThat(spot.priceDate()).isEqualTo(LocalDate.parse("2026-05-18"));
  }

  @Test
  void shouldCountTheWorkThatSpotMachinesAreExpectedToLose() {
    Outlook outlook = Outlook.UNKNOWN.quoted(QUOTE).saving(new SaveRhythm(3456L, 10L, "measured"));

    WhatIf whatIf = compare(List.of(open(1)), false, outlook);

    Offer spot = whatIf.offers().getFirst();
    // Half of 3,456 s in 86,400 s is 2 % more.
    assertThat(spot.total()).isEqualTo(Money.usd("1.275"));
    assertThat(spot.lossCounted()).isTrue();
    assertThat(spot.lossSource()).startsWith("assumed for spot machines");
    assertThat(whatIf.offers().getLast().lossCounted()).isFalse();
  }

  @Test
  void shouldCompareWhatAnEndedRunNeeded() {
    WhatIf whatIf = compare(List.of(interval(60, 1)), true, Outlook.UNKNOWN.quoted(QUOTE));

    assertThat(whatIf.basis()).isEqualTo(Basis.PAST);
    assertThat(present(whatIf).total()).isEqualTo(Money.usd("4"));
    assertThat(whatIf.offers().getFirst().total()).isEqualTo(Money.usd("1.25"));
  }

  @Test
  void shouldOfferPricesWithoutTotalsWhereNothingTellsTheTime() {
    WhatIf whatIf = compare(List.of(open(2)), false, Outlook.UNKNOWN);

    assertThat(whatIf.hours()).isNull();
    assertThat(present(whatIf).total()).isNull();
    assertThat(whatIf.offers())
        .extracting(Offer::perHour, Offer::total, Offer::difference)
        .containsExactly(
            tuple(Money.usd("2.50"), null, null), tuple(Money.usd("21.958"), null, null));
  }

  @Test
  void shouldOfferNothingForMachinesThatNobodyKnows() {
    KnownRun run = new KnownRun(RunFacts.NONE, RunCost.empty(new RunId("my-run")));

    assertThat(Comparer.compare(run, ROWS, Said.minute(60)))
        .isEqualTo(new WhatIf("my-run", Said.minute(60), Basis.WHOLE, null, null, null, List.of()));
  }

  private static Offer present(WhatIf whatIf) {
    return Objects.requireNonNull(whatIf.present());
  }

  private static WhatIf compare(List<PricedInterval> intervals, boolean ended, Outlook outlook) {
    RunFacts facts = new RunFacts(null, null, null, null, H100, null, false, null, Map.of());
    RunCost cost = RunCost.empty(new RunId("my-run")).metered(intervals, ended).expecting(outlook);
    return Comparer.compare(new KnownRun(facts, cost), ROWS, Said.minute(60));
  }

  private static PricedInterval open(int nodes) {
    return interval(null, nodes);
  }

  private static PricedInterval interval(@Nullable Integer to, int nodes) {
    return new PricedInterval(
        new MachineInterval(
            Said.T0,
            to == null ? null : Said.minute(to),
            new Placement("nebius", "eu-north1", null, "gpu-h100", H100, false, nodes)),
        new PinnedPrice(Money.usd("4"), "list", LocalDate.parse("2026-11-20")),
        Duration.ZERO,
        null);
  }
}
