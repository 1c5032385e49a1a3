package dev.wrinklefree.cost.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.cost.accrual.PricePinning;
import dev.wrinklefree.cost.accrual.Saves;
import dev.wrinklefree.cost.metering.Observation;
import dev.wrinklefree.cost.metering.Said;
import dev.wrinklefree.cost.pricing.BillingRules;
import dev.wrinklefree.cost.pricing.PriceBook;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunAccountTest {

  private static final PricePinning PINNING =
      new PricePinning(
          new PriceBook(List.of()),
          BillingRules.parse("none", List.of("cloud,minimum_seconds,source")));

  private final RunAccount empty = RunAccount.empty(new RunId("my-run"));

  @Test
  void shouldKeepTheFirstLaunchRequestItWasTold() {
    RunAccount account =
        empty.correlatedWith(null).correlatedWith("first").correlatedWith("second");

    assertThat(account.correlationId()).isEqualTo("first");
  }

  @Test
  void shouldEndARunOfWhichNoJobCame() {
    assertThat(empty.failedToLaunch().cost().ended()).isTrue();
  }

  @Test
  void shouldBelieveAJobThatShowsUpAllTheSame() {
    Observation running = new Said().at(0, JobState.RUNNING, Said.NEBIUS).all().getFirst();

    RunAccount afterwards = empty.failedToLaunch().heard(running, PINNING, Saves.NONE);
    RunAccount before = empty.heard(running, PINNING, Saves.NONE).failedToLaunch();

    assertThat(afterwards.cost().ended()).isFalse();
    assertThat(afterwards.cost().accruing()).isTrue();
    assertThat(before).isEqualTo(afterwards);
  }

  @Test
  void shouldStayEndedWhileTheJobIsUnknown() {
    Observation unknown = new Said().at(0, JobState.UNKNOWN).all().getFirst();

    assertThat(empty.failedToLaunch().heard(unknown, PINNING, Saves.NONE).cost().ended()).isTrue();
  }

  @Test
  void shouldNotHearTheSameTwice() {
    Observation running = new Said().at(0, JobState.RUNNING, Said.NEBIUS).all().getFirst();
    RunAccount once = empty.heard(running, PINNING, Saves.NONE);

    assertThat(once.heard(running, PINNING, Saves.NONE)).isSameAs(once);
  }
}
