package dev.wrinklefree.cost.metering;

import static dev.wrinklefree.contract.event.JobState.CANCELLED;
import static dev.wrinklefree.contract.event.JobState.CANCELLING;
import static dev.wrinklefree.contract.event.JobState.FAILED;
import static dev.wrinklefree.contract.event.JobState.FAILED_CONTROLLER;
import static dev.wrinklefree.contract.event.JobState.FAILED_NO_RESOURCE;
import static dev.wrinklefree.contract.event.JobState.PENDING;
import static dev.wrinklefree.contract.event.JobState.RECOVERING;
import static dev.wrinklefree.contract.event.JobState.RUNNING;
import static dev.wrinklefree.contract.event.JobState.STARTING;
import static dev.wrinklefree.contract.event.JobState.SUCCEEDED;
import static dev.wrinklefree.contract.event.JobState.UNKNOWN;
import static dev.wrinklefree.contract.event.JobState.WINDING_DOWN;
import static dev.wrinklefree.cost.metering.Said.GCP;
import static dev.wrinklefree.cost.metering.Said.NEBIUS;
import static dev.wrinklefree.cost.metering.Said.minute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Placement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MeterTest {

  @Test
  void shouldCountFromRunningToTheEnd() {
    Timeline timeline =
        new Said()
            .at(0, PENDING)
            .at(1, STARTING)
            .at(5, RUNNING, NEBIUS)
            .at(60, WINDING_DOWN, NEBIUS)
            .at(62, SUCCEEDED, NEBIUS)
            .timeline();

    assertThat(timeline.intervals()).containsExactly(interval(5, 62L, NEBIUS));
    assertThat(timeline.ended()).isTrue();
    assertThat(timeline.accruing()).isFalse();
  }

  @Test
  void shouldStayOpenWhileMachinesExist() {
    Timeline timeline = new Said().at(0, PENDING).at(5, RUNNING, NEBIUS).timeline();

    assertThat(timeline.intervals()).containsExactly(interval(5, null, NEBIUS));
    assertThat(timeline.accruing()).isTrue();
    assertThat(timeline.ended()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(JobState.class)
  void shouldOpenExactlyInTheStatesThatHoldMachines(JobState state) {
    Timeline timeline = new Said().at(0, PENDING).at(5, state, NEBIUS).timeline();

    assertThat(timeline.accruing()).isEqualTo(state.holdsMachines());
    assertThat(timeline.ended()).isEqualTo(state.isTerminal());
  }

  @Test
  void shouldNotCountTheGapOfARecovery() {
    Timeline timeline =
        new Said()
            .at(5, RUNNING, 1, NEBIUS)
            .at(20, RECOVERING, 1, null)
            .at(30, RUNNING, 2, NEBIUS)
            .timeline();

    assertThat(timeline.intervals())
        .containsExactly(interval(5, 20L, NEBIUS), interval(30, null, NEBIUS));
  }

  @Test
  void shouldNotCountTheWaitWhenRunningGoesBackToPending() {
    Timeline timeline =
        new Said()
            .at(5, RUNNING, NEBIUS)
            .at(20, PENDING)
            .at(40, STARTING)
            .at(50, RUNNING, GCP)
            .timeline();

    assertThat(timeline.intervals())
        .containsExactly(interval(5, 20L, NEBIUS), interval(50, null, GCP));
  }

  @Test
  void shouldSplitWhenTheAttemptGrewAndNoGapWasSeen() {
    Timeline timeline = new Said().at(5, RUNNING, 1, NEBIUS).at(30, RUNNING, 2, NEBIUS).timeline();

    assertThat(timeline.intervals())
        .containsExactly(interval(5, 30L, NEBIUS), interval(30, null, NEBIUS));
  }

  @Test
  void shouldSplitWhenThePlacementChanged() {
    Timeline timeline = new Said().at(5, RUNNING, NEBIUS).at(30, RUNNING, GCP).timeline();

    assertThat(timeline.intervals())
        .containsExactly(interval(5, 30L, NEBIUS), interval(30, null, GCP));
  }

  @Test
  void shouldNotSplitOnAnAttemptThatDidNotGrow() {
    Timeline timeline =
        new Said()
            .at(5, RUNNING, 2, NEBIUS)
            .at(30, WINDING_DOWN, 1, NEBIUS)
            .at(40, RUNNING, 2, NEBIUS)
            .timeline();

    assertThat(timeline.intervals()).containsExactly(interval(5, null, NEBIUS));
  }

  @Test
  void shouldLearnAPlacementThatComesLateWithoutSplitting() {
    Placement cloudOnly = new Placement("nebius", null, null, null, null, true, 1);
    Placement withZone =
        new Placement(
            "nebius",
            "eu-north1",
            "eu-north1-a",
            NEBIUS.instanceType(),
            new Accelerators("H100", 1),
            true,
            1);

    Timeline timeline =
        new Said()
            .at(5, RUNNING)
            .at(6, RUNNING, cloudOnly)
            .at(7, RUNNING, withZone)
            .at(8, RUNNING)
            .timeline();

    assertThat(timeline.intervals()).containsExactly(interval(5, null, NEBIUS));
  }

  @Test
  void shouldLearnThePlacementFromTheEnd() {
    Timeline timeline = new Said().at(5, RUNNING).at(30, SUCCEEDED, NEBIUS).timeline();

    assertThat(timeline.intervals()).containsExactly(interval(5, 30L, NEBIUS));
  }

  @Test
  void shouldCloseWhatItKnewWhenTheEndTellsAnotherPlacement() {
    Timeline timeline = new Said().at(5, RUNNING, NEBIUS).at(30, FAILED, GCP).timeline();

    assertThat(timeline.intervals()).containsExactly(interval(5, 30L, NEBIUS));
  }

  @Test
  void shouldKeepWhatWasWhileNothingIsKnown() {
    Timeline running =
        new Said().at(5, RUNNING, NEBIUS).at(10, UNKNOWN).at(20, RUNNING, NEBIUS).timeline();
    Timeline waiting = new Said().at(5, PENDING).at(10, UNKNOWN, NEBIUS).timeline();
    Timeline ended = new Said().at(5, RUNNING, NEBIUS).at(10, SUCCEEDED).at(20, UNKNOWN).timeline();

    assertThat(running.intervals()).containsExactly(interval(5, null, NEBIUS));
    assertThat(waiting.intervals()).isEmpty();
    assertThat(ended.intervals()).containsExactly(interval(5, 10L, NEBIUS));
    assertThat(ended.ended()).isTrue();
  }

  @Test
  void shouldEndWhenItEndedThoughThatWasLearnedAfterAnUnknown() {
    Timeline timeline =
        new Said().at(5, RUNNING, NEBIUS).at(40, UNKNOWN).at(30, SUCCEEDED, NEBIUS).timeline();

    assertThat(timeline.intervals()).containsExactly(interval(5, 30L, NEBIUS));
  }

  @Test
  void shouldNotReopenWhenAnEndIsCorrected() {
    Timeline timeline =
        new Said()
            .at(5, RUNNING, NEBIUS)
            .at(30, SUCCEEDED, NEBIUS)
            .at(35, FAILED_CONTROLLER, NEBIUS)
            .timeline();

    assertThat(timeline.intervals()).containsExactly(interval(5, 30L, NEBIUS));
    assertThat(timeline.ended()).isTrue();
    assertThat(timeline.accruing()).isFalse();
  }

  @Test
  void shouldCountUntilTheTeardownOfACancelledRunIsDone() {
    Timeline timeline =
        new Said().at(5, RUNNING, NEBIUS).at(20, CANCELLING).at(22, CANCELLED, NEBIUS).timeline();

    assertThat(timeline.intervals()).containsExactly(interval(5, 22L, NEBIUS));
  }

  @Test
  void shouldTakeAnEndThatWasBeforeTheCancellationWasSeen() {
    Timeline timeline =
        new Said().at(5, RUNNING, NEBIUS).at(20, CANCELLING, NEBIUS).at(18, CANCELLED).timeline();

    assertThat(timeline.intervals()).containsExactly(interval(5, 18L, NEBIUS));
  }

  @Test
  void shouldNotCountACancellationThatNeverHadMachines() {
    Timeline timeline = new Said().at(0, PENDING).at(5, CANCELLING).at(6, CANCELLED).timeline();

    assertThat(timeline.intervals()).isEmpty();
    assertThat(timeline.ended()).isTrue();
  }

  @Test
  void shouldCountARunThatCameAndWentUnseen() {
    Timeline timeline = new Said().at(0, PENDING).at(30, SUCCEEDED, 1, NEBIUS, 5L).timeline();

    assertThat(timeline.intervals()).containsExactly(interval(5, 30L, NEBIUS));
  }

  @Test
  void shouldCountFromTheStartOfTheJobWhenItWasSeenLate() {
    Timeline timeline = new Said().at(0, PENDING).at(30, RUNNING, 1, NEBIUS, 5L).timeline();

    assertThat(timeline.intervals()).containsExactly(interval(5, null, NEBIUS));
  }

  @Test
  void shouldNotTakeTheFirstStartForTheStartOfARecovery() {
    Timeline timeline =
        new Said()
            .at(5, RUNNING, 1, NEBIUS, 5L)
            .at(20, RECOVERING, 1, null, 5L)
            .at(30, RUNNING, 2, NEBIUS, 5L)
            .at(40, SUCCEEDED, 2, NEBIUS, 5L)
            .timeline();

    assertThat(timeline.intervals())
        .containsExactly(interval(5, 20L, NEBIUS), interval(30, 40L, NEBIUS));
  }

  @Test
  void shouldCountNothingWhereNoMachineWasFound() {
    Timeline timeline =
        new Said().at(0, PENDING).at(1, STARTING).at(50, FAILED_NO_RESOURCE).timeline();

    assertThat(timeline).isEqualTo(new Timeline(List.of(), true));
  }

  @Test
  void shouldNotLetATimeBeforeTheCurrentIntervalTouchWhatWasCounted() {
    Timeline timeline =
        new Said()
            .at(5, RUNNING, 1, NEBIUS)
            .at(20, RECOVERING, 1, null)
            .at(10, RUNNING, 2, NEBIUS)
            .at(3, FAILED, 2, NEBIUS)
            .timeline();

    assertThat(timeline.intervals())
        .containsExactly(interval(5, 20L, NEBIUS), interval(20, 20L, NEBIUS));
  }

  @Test
  void shouldKnowNothingOfARunWithoutStates() {
    assertThat(Meter.read(List.of())).isEqualTo(new Timeline(List.of(), false));
  }

  private static MachineInterval interval(
      long from, @Nullable Long to, @Nullable Placement placement) {
    return new MachineInterval(minute(from), to == null ? null : minute(to), placement);
  }
}
