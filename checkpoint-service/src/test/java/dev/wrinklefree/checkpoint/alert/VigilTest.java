package dev.wrinklefree.checkpoint.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.checkpoint.alert.Vigil.Phase;
import dev.wrinklefree.contract.event.JobState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VigilTest {

  private static final Instant T = Instant.parse("2026-11-23T10:00:00Z");
  private static final Duration MOST = Duration.ofMinutes(5);

  private final Vigil running = Vigil.unheard().heard(JobState.RUNNING, 1, T);

  @Test
  void countsFromWhenTheJobRanAndNotFromTheListingBefore() {
    Vigil looked = running.looked(T.minusSeconds(100), T.plusSeconds(20), MOST, false);

    assertThat(looked.waited()).isEqualTo(Duration.ofSeconds(20));
    assertThat(looked.looked()).isEqualTo(Duration.ofSeconds(120));
  }

  @Test
  void doesNotCountAfterAListingThatFailed() {
    Vigil looked = running.looked(null, T.plusSeconds(1000), MOST, false);

    assertThat(looked.waited()).isZero();
    assertThat(looked.looked()).isZero();
  }

  @Test
  void countsNoMoreThanWasPlannedWhileNobodyLooked() {
    Vigil looked = running.looked(T, T.plus(Duration.ofHours(9)), MOST, false);

    assertThat(looked.waited()).isEqualTo(MOST);
  }

  @Test
  void beginsAnewWithACheckpoint() {
    Vigil looked = waited(running, 60).looked(T.plusSeconds(60), T.plusSeconds(70), MOST, true);

    assertThat(looked.waited()).isZero();
    assertThat(looked.firstAwaited()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = JobState.class,
      names = {"UNKNOWN", "WINDING_DOWN"})
  void standsStillWhileNobodyKnows(JobState silent) {
    Vigil unsure = waited(running, 60).heard(silent, 1, T.plusSeconds(60));
    Vigil looked = unsure.looked(T.plusSeconds(60), T.plusSeconds(90), MOST, false);
    Vigil again = looked.heard(JobState.RUNNING, 1, T.plusSeconds(95));
    Vigil after = again.looked(T.plusSeconds(90), T.plusSeconds(100), MOST, false);

    assertThat(looked.waited()).isEqualTo(Duration.ofSeconds(60));
    assertThat(looked.sure()).isFalse();
    assertThat(after.waited()).isEqualTo(Duration.ofSeconds(65));
  }

  @ParameterizedTest
  @EnumSource(
      value = JobState.class,
      names = {"PENDING", "STARTING", "RECOVERING", "CANCELLING"})
  void beginsAnewOnNewMachines(JobState between) {
    Vigil lost = waited(running, 60).heard(between, 1, T.plusSeconds(60));
    Vigil back = lost.heard(JobState.RUNNING, 2, T.plusSeconds(90));

    assertThat(lost.phase()).isEqualTo(Phase.WAITING);
    assertThat(back.waited()).isZero();
    assertThat(back.firstAwaited()).isTrue();
  }

  @Test
  void beginsAnewIfOnlyTheAttemptTellsOfNewMachines() {
    assertThat(waited(running, 60).heard(JobState.RUNNING, 2, T.plusSeconds(60)).waited()).isZero();
  }

  @Test
  void theSameWordAgainChangesNothing() {
    Vigil vigil = waited(running, 60);

    assertThat(vigil.heard(JobState.RUNNING, 1, T.plusSeconds(60))).isEqualTo(vigil);
  }

  @ParameterizedTest
  @EnumSource(JobState.class)
  void everyTerminalStateEndsIt(JobState state) {
    Vigil vigil = running.heard(state, 1, T.plusSeconds(1));

    assertThat(vigil.ended()).isEqualTo(state.isTerminal());
    assertThat(vigil.phase() == Phase.SUCCEEDED).isEqualTo(state == JobState.SUCCEEDED);
  }

  @Test
  void aClockThatIsSetBackNeitherCountsNorStopsIt() {
    Vigil looked = running.looked(T, T.minusSeconds(3600), MOST, false);
    assertThat(looked.waited()).isZero();

    Vigil again = looked.looked(T.minusSeconds(3600), T.minusSeconds(3590), MOST, false);
    assertThat(again.waited()).isEqualTo(Duration.ofSeconds(10));
  }

  private static Vigil waited(Vigil vigil, long seconds) {
    return vigil.looked(T, T.plusSeconds(seconds), MOST, false);
  }
}
