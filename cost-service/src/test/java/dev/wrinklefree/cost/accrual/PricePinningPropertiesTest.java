package dev.wrinklefree.cost.accrual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.cost.ledger.RunAccount;
import dev.wrinklefree.cost.metering.Histories;
import dev.wrinklefree.cost.metering.Observation;
import dev.wrinklefree.cost.pricing.BillingRules;
import dev.wrinklefree.cost.pricing.PriceRow;
import dev.wrinklefree.cost.pricing.Prices;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class PricePinningPropertiesTest {

  /** Prices that are others at every question, and sometimes unknown. */
  private static final class Moving implements Prices {
    private int asked;

    @Override
    public Optional<PriceRow> find(Placement placement) {
      asked++;
      return asked % 5 == 0
          ? Optional.empty()
          : Optional.of(
              new PriceRow(
                  placement.cloud(),
                  null,
                  null,
                  Objects.requireNonNull(placement.accelerators()),
                  placement.spot(),
                  new Money(BigDecimal.valueOf(asked), "USD"),
                  "reading " + asked,
                  LocalDate.parse("2026-11-09")));
    }

    @Override
    public List<PriceRow> rows() {
      return List.of();
    }
  }

  private record Machines(Instant from, @Nullable Placement placement) {}

  @Property(seed = "20261123")
  void whateverPricesBecomeMachinesKeepTheFirstThatTheyHad(
      @ForAll("histories") List<Observation> history) {
    PricePinning pinning =
        new PricePinning(
            new Moving(), BillingRules.parse("none", List.of("cloud,minimum_seconds,source")));
    Map<Machines, Optional<PinnedPrice>> first = new HashMap<>();
    RunAccount account = RunAccount.empty(new RunId("my-run"));
    for (Observation observation : history) {
      account = account.heard(observation, pinning, Saves.NONE);
      for (PricedInterval interval : account.cost().intervals()) {
        Machines machines =
            new Machines(interval.interval().from(), interval.interval().placement());
        Optional<PinnedPrice> price = Optional.ofNullable(interval.price());
        assertThat(first.getOrDefault(machines, price)).isEqualTo(price);
        first.put(machines, price);
      }
    }
  }

  @Provide
  Arbitrary<List<Observation>> histories() {
    return Histories.any();
  }
}
