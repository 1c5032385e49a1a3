package dev.wrinklefree.cost.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.cost.accrual.PricePinning;
import dev.wrinklefree.cost.accrual.RunCost;
import dev.wrinklefree.cost.accrual.Saves;
import dev.wrinklefree.cost.metering.Histories;
import dev.wrinklefree.cost.metering.Observation;
import dev.wrinklefree.cost.pricing.BillingRules;
import dev.wrinklefree.cost.pricing.PriceBookParser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RunAccountPropertiesTest {

  private static final PricePinning PINNING =
      new PricePinning(
          PriceBookParser.parse(
              "test",
              List.of(
                  String.join(",", PriceBookParser.HEADER),
                  "nebius,any,any,H100,1,true,3.60,USD,price list,2026-11-09")),
          BillingRules.parse("test", List.of("cloud,minimum_seconds,source", "gcp,60,test")));

  /** The price book must not change meanwhile: a price is pinned by what is known at the time. */
  @Property(seed = "20261123")
  void anyOrderAndRepetitionOfDeliveryGivesTheSameCost(
      @ForAll("histories") List<Observation> history, @ForAll Random random) {
    List<Observation> delivered = new ArrayList<>(history);
    history.stream().filter(observation -> random.nextBoolean()).forEach(delivered::add);
    Collections.shuffle(delivered, random);

    assertThat(costAfter(delivered)).isEqualTo(costAfter(history));
  }

  @Provide
  Arbitrary<List<Observation>> histories() {
    return Histories.any();
  }

  private static RunCost costAfter(List<Observation> observations) {
    RunAccount account = RunAccount.empty(new RunId("my-run"));
    for (Observation observation : observations) {
      account = account.heard(observation, PINNING, Saves.NONE);
    }
    return account.cost();
  }
}
