package dev.wrinklefree.cost.focus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.cost.accrual.PinnedPrice;
import dev.wrinklefree.cost.accrual.PricedInterval;
import dev.wrinklefree.cost.accrual.RunCost;
import dev.wrinklefree.cost.metering.MachineInterval;
import dev.wrinklefree.cost.metering.Said;
import dev.wrinklefree.cost.run.KnownRun;
import dev.wrinklefree.cost.run.RunFacts;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FocusExporterTest {

  private static final Instant OCTOBER = Instant.parse("2026-10-01T00:00:00Z");
  private static final Instant NOVEMBER = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant DECEMBER = Instant.parse("2026-12-01T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private final FocusExporter exporter = new FocusExporter("the-team");

  @Test
  void shouldWriteOneChargePerIntervalInTheColumnsOfFocus() {
    Instant from = Instant.parse("2026-11-02T10:00:00Z");
    FocusRow row = only(run(from, from.plusSeconds(5400), "3.60"), OCTOBER, NOW);

    assertThat(row.billedCost()).isEqualByComparingTo("5.40");
    assertThat(List.of(row.listCost(), row.effectiveCost(), row.contractedCost()))
        .containsOnly(row.billedCost());
    assertThat(row.billingAccountId()).isEqualTo("the-team");
    assertThat(row.billingCurrency()).isEqualTo("USD");
    assertThat(row.billingPeriodStart()).isEqualTo(NOVEMBER);
    assertThat(row.billingPeriodEnd()).isEqualTo(DECEMBER);
    assertThat(row.chargePeriodStart()).isEqualTo(from);
    assertThat(row.chargePeriodEnd()).isEqualTo(from.plusSeconds(5400));
    assertThat(row.consumedQuantity()).isEqualByComparingTo("1.5");
    assertThat(row.pricingUnit()).isEqualTo("Hours");
    assertThat(row.pricingCategory()).isEqualTo("Dynamic");
    assertThat(row.providerName()).isEqualTo("nebius");
    assertThat(row.resourceId()).isEqualTo("my-run/1");
    assertThat(row.tags())
        .isEqualTo(
            "{\"model\":\"smollm2_135m\",\"owner\":\"ada\",\"runId\":\"my-run\",\"team\":\"quant\"}");
    assertThat(row.estimated()).isTrue();
  }

  @Test
  void shouldCutAChargeWhereAMonthBeginsAndAddUpToTheLastDigit() {
    Instant from = NOVEMBER.minusSeconds(1000);
    KnownRun run = run(from, NOVEMBER.plusSeconds(1001), "0.7777");

    List<FocusRow> rows = exporter.export(List.of(run), OCTOBER, NOW).rows();

    assertThat(rows)
        .extracting(FocusRow::billingPeriodStart, FocusRow::chargePeriodStart)
        .containsExactly(tuple(OCTOBER, from), tuple(NOVEMBER, NOVEMBER));
    assertThat(rows.stream().map(FocusRow::billedCost).reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo(spent(run));
  }

  @Test
  void shouldAddUpOverNeighbouringExports() {
    KnownRun run = run(NOVEMBER, null, "1.2345");
    Instant middle = NOVEMBER.plusSeconds(777);

    BigDecimal first = only(run, NOVEMBER, middle).billedCost();
    BigDecimal second = only(run, middle, NOW).billedCost();

    assertThat(first.add(second)).isEqualByComparingTo(spent(run));
  }

  @Test
  void shouldChargeTheCloudsMinimumOnce() {
    PricedInterval short10 =
        new PricedInterval(
            new MachineInterval(NOVEMBER, NOVEMBER.plusSeconds(10), Said.GCP),
            new PinnedPrice(Money.usd("6.00"), "list", null),
            Duration.ofSeconds(60),
            null);
    KnownRun run = known(short10);

    assertThat(only(run, NOVEMBER, NOW).billedCost()).isEqualByComparingTo("0.10");
    assertThat(only(run, NOVEMBER.plusSeconds(5), NOW).billedCost()).isEqualByComparingTo("0");
  }

  @Test
  void shouldNameMachinesWithoutAPriceInsteadOfChargingNothing() {
    FocusExport export =
        exporter.export(List.of(run(NOVEMBER, NOVEMBER.plusSeconds(60), null)), OCTOBER, NOW);

    assertThat(export.rows()).isEmpty();
    assertThat(export.unpriced())
        .containsExactly(
            new FocusExport.Unpriced("my-run", NOVEMBER, NOVEMBER.plusSeconds(60), "nebius"));
  }

  private FocusRow only(KnownRun run, Instant from, Instant to) {
    List<FocusRow> rows = exporter.export(List.of(run), from, to).rows();
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }

  private static BigDecimal spent(KnownRun run) {
    return run.cost().intervals().getFirst().spentUpTo(NOW).orElseThrow().amount();
  }

  private static KnownRun run(Instant from, @Nullable Instant to, @Nullable String perHour) {
    return known(
        new PricedInterval(
            new MachineInterval(from, to, Said.NEBIUS),
            perHour == null ? null : new PinnedPrice(Money.usd(perHour), "list", null),
            Duration.ZERO,
            null));
  }

  private static KnownRun known(PricedInterval interval) {
    return new KnownRun(
        new RunFacts(
            "wf-fairy2-train",
            "fairy2_train",
            "smollm2_135m",
            "small",
            null,
            null,
            false,
            "ada",
            Map.of("team", "quant")),
        RunCost.empty(new RunId("my-run")).metered(List.of(interval), true));
  }
}
