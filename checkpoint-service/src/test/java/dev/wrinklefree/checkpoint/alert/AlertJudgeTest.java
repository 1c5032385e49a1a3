package dev.wrinklefree.checkpoint.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.checkpoint.alert.Verdict.Clear;
import dev.wrinklefree.checkpoint.alert.Verdict.Keep;
import dev.wrinklefree.checkpoint.alert.Verdict.Raise;
import dev.wrinklefree.contract.event.AlertCode;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.RunAlerted.Severity;
import dev.wrinklefree.contract.value.CheckpointLayout;
import dev.wrinklefree.contract.value.CheckpointLayout.Pattern;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlertJudgeTest {

  private static final Instant T = Instant.parse("2026-11-23T10:00:00Z");
  private static final Duration FIRST = Duration.ofHours(2);
  private static final Duration GRACE = Duration.ofMinutes(5);
  private static final Duration INCOMPLETE = Duration.ofMinutes(30);
  private static final List<Instant> EVERY_20_MINUTES =
      List.of(T, T.plusSeconds(1200), T.plusSeconds(2400));

  private final AlertJudge judge =
      new AlertJudge(new AlertRules(FIRST, 2, Duration.ofMinutes(10), INCOMPLETE, GRACE));

  @Test
  void aFirstCheckpointIsLateAfterTheFirstLimit() {
    assertThat(overdue(running(FIRST, true), List.of())).isInstanceOf(Clear.class);
    assertThat(overdue(running(FIRST.plusSeconds(1), true), List.of())).isInstanceOf(Raise.class);
  }

  @Test
  void aFurtherOneIsLateByTheRunsOwnRhythm() {
    assertThat(overdue(running(Duration.ofMinutes(40), false), EVERY_20_MINUTES))
        .isInstanceOf(Clear.class);

    Raise raise = (Raise) overdue(running(Duration.ofMinutes(45), false), EVERY_20_MINUTES);

    assertThat(raise.severity()).isEqualTo(Severity.WARNING);
    assertThat(raise.message())
        .isEqualTo("No checkpoint for 45 min of running; this run writes one every 20 min.");
    assertThat(raise.evidence())
        .containsEntry("waitedSeconds", "2700")
        .containsEntry("limitSeconds", "2400")
        .containsEntry("usualSeconds", "1200")
        .containsEntry("lastWrittenAt", "2026-11-23T10:40:00Z")
        .containsEntry("where", "gs://b/runs/r/");
  }

  @ParameterizedTest
  @EnumSource(
      value = JobState.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"RUNNING", "UNKNOWN", "WINDING_DOWN"})
  void nothingIsOverdueOfAJobThatDoesNotRun(JobState state) {
    Vigil vigil = running(Duration.ofDays(1), false).heard(state, 1, T);

    assertThat(overdue(vigil, EVERY_20_MINUTES)).isInstanceOf(Clear.class);
  }

  @Test
  void whileNobodyKnowsNothingIsRaisedAndNothingCleared() {
    Vigil vigil = running(Duration.ofDays(1), false).heard(JobState.UNKNOWN, 1, T);

    assertThat(judge.judge(situation(vigil, CheckpointLayout.FAIRY2, true)))
        .filteredOn(verdict -> verdict.code() != AlertCode.NO_FINAL_CHECKPOINT)
        .allMatch(verdict -> verdict instanceof Keep);
    assertThat(judge.soonest(situation(vigil, CheckpointLayout.FAIRY2, true))).isEmpty();
  }

  @Test
  void withoutAListingNothingIsRaised() {
    Vigil late = running(Duration.ofDays(1), true);
    Vigil over = succeeded(Duration.ofDays(1));

    for (Vigil vigil : List.of(late, over)) {
      assertThat(judge.judge(situation(vigil, CheckpointLayout.FAIRY2, false)))
          .noneMatch(verdict -> verdict instanceof Raise);
    }
  }

  @Test
  void ofARunWithoutALayoutNothingIsExpected() {
    for (Vigil vigil : List.of(running(Duration.ofDays(9), true), succeeded(Duration.ofDays(9)))) {
      assertThat(judge.judge(situation(vigil, null, true)))
          .allMatch(verdict -> verdict instanceof Clear);
      assertThat(judge.soonest(situation(vigil, null, true))).isEmpty();
    }
  }

  @Test
  void aLayoutWithoutALastOneExpectsNone() {
    CheckpointLayout series =
        new CheckpointLayout(List.of(new Pattern("step_{step}.pt", List.of(), false)));

    assertThat(verdict(situation(succeeded(GRACE), series, true), AlertCode.NO_FINAL_CHECKPOINT))
        .isInstanceOf(Clear.class);
    CheckpointLayout lastOnly =
        new CheckpointLayout(List.of(new Pattern("model.pt", List.of(), true)));
    assertThat(
            verdict(
                situation(running(Duration.ofDays(1), true), lastOnly, true),
                AlertCode.CHECKPOINT_OVERDUE))
        .isInstanceOf(Clear.class);
  }

  @Test
  void successWithoutAFinalCheckpointIsToldAfterTheGrace() {
    assertThat(noFinal(succeeded(GRACE.minusMillis(1)), false)).isInstanceOf(Keep.class);

    Raise raise = (Raise) noFinal(succeeded(GRACE), false);

    assertThat(raise.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(noFinal(succeeded(GRACE.plusDays(1)), true)).isInstanceOf(Clear.class);
  }

  @Test
  void withoutAGraceAListingAfterTheEndIsNeededAllTheSame() {
    AlertJudge hasty = new AlertJudge(new AlertRules(FIRST, 2, FIRST, INCOMPLETE, Duration.ZERO));
    Situation stale = situation(succeeded(Duration.ZERO), CheckpointLayout.FAIRY2, true);

    assertThat(hasty.judge(stale)).noneMatch(verdict -> verdict instanceof Raise);
    assertThat(hasty.soonest(stale)).isPresent();
    assertThat(
            hasty.judge(situation(succeeded(Duration.ofMillis(1)), CheckpointLayout.FAIRY2, true)))
        .anyMatch(verdict -> verdict instanceof Raise);
  }

  @Test
  void aSuccessThatIsCorrectedNeedsNoFinalCheckpoint() {
    Vigil corrected = succeeded(GRACE).heard(JobState.FAILED_CONTROLLER, 1, T);

    assertThat(noFinal(corrected, false)).isInstanceOf(Clear.class);
  }

  @Test
  void saysWhatADirectoryLacksOnceItHasNotChangedForLong() {
    PartialDirectory partial =
        new PartialDirectory(
            "runs/r/checkpoint-10/",
            List.of("runs/r/checkpoint-10/model.pt#1"),
            List.of("runs/r/checkpoint-10/training_state.pt"),
            Duration.ofMinutes(1),
            T);

    assertThat(incomplete(running(INCOMPLETE, true), partial)).isInstanceOf(Clear.class);
    Raise raise = (Raise) incomplete(running(INCOMPLETE.plusMinutes(1), true), partial);

    assertThat(raise.message())
        .isEqualTo(
            "A checkpoint lacks 1 of its 2 objects, and nothing has changed in it for 30 min.");
    assertThat(raise.evidence())
        .containsEntry("directory", "runs/r/checkpoint-10/")
        .containsEntry("missing", "runs/r/checkpoint-10/training_state.pt")
        .containsEntry("incompleteDirectories", "1");
    assertThat(incomplete(succeeded(FIRST), partial)).isInstanceOf(Clear.class);
  }

  @Test
  void saysWhenToLookAgain() {
    assertThat(soonest(running(FIRST.minusMinutes(3), true))).isEqualTo(Duration.ofMinutes(3));
    assertThat(soonest(succeeded(GRACE.minusMinutes(1)))).isEqualTo(Duration.ofMinutes(1));
    assertThat(
            judge.soonest(
                situation(running(FIRST.plusMinutes(3), true), CheckpointLayout.FAIRY2, true)))
        .isEmpty();
  }

  private Duration soonest(Vigil vigil) {
    return judge.soonest(situation(vigil, CheckpointLayout.FAIRY2, true)).orElseThrow();
  }

  private Verdict overdue(Vigil vigil, List<Instant> written) {
    return verdict(
        new Situation(
            "gs://b/runs/r/", vigil, CheckpointLayout.FAIRY2, true, written, false, List.of()),
        AlertCode.CHECKPOINT_OVERDUE);
  }

  private Verdict noFinal(Vigil vigil, boolean there) {
    return verdict(
        new Situation(
            "gs://b/runs/r/",
            vigil,
            CheckpointLayout.FAIRY2,
            true,
            EVERY_20_MINUTES,
            there,
            List.of()),
        AlertCode.NO_FINAL_CHECKPOINT);
  }

  private Verdict incomplete(Vigil vigil, PartialDirectory partial) {
    return verdict(
        new Situation(
            "gs://b/runs/r/",
            vigil,
            CheckpointLayout.FAIRY2,
            true,
            EVERY_20_MINUTES,
            false,
            List.of(partial)),
        AlertCode.CHECKPOINT_INCOMPLETE);
  }

  private Verdict verdict(Situation situation, AlertCode code) {
    return judge.judge(situation).stream()
        .filter(verdict -> verdict.code() == code)
        .findFirst()
        .orElseThrow();
  }

  private static Situation situation(
      Vigil vigil, @Nullable CheckpointLayout layout, boolean justLooked) {
    return new Situation("gs://b/runs/r/", vigil, layout, justLooked, List.of(), false, List.of());
  }

  private static Vigil running(Duration waited, boolean firstAwaited) {
    return new Vigil(Vigil.Phase.RUNNING, true, 1, T, waited, waited, firstAwaited);
  }

  private static Vigil succeeded(Duration waited) {
    return new Vigil(Vigil.Phase.SUCCEEDED, true, 1, T, waited, waited, true);
  }
}
