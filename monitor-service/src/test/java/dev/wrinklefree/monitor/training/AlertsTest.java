package dev.wrinklefree.monitor.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.event.RunAlerted.Status;
import dev.wrinklefree.monitor.wandb.LoggedValue;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When each alert is raised and cleared, with the rules as shipped. */
class AlertsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final TrainingStory story = new TrainingStory();

  @Test
  void stepThatStandsStillLongerThanItsCadenceExplainsIsNoProgress() {
    trainingEvery(Duration.ofMinutes(4), 10);
    standingStill(19);
    assertThat(story.open()).isEmpty();
    standingStill(2);
    assertThat(story.open()).containsExactly("no-progress");
    RunAlerted raised = story.alerts().getLast();
    assertThat(raised.evidence())
        .containsEntry("usualSeconds", "240")
        .containsEntry("limitSeconds", "1200")
        .containsEntry("step", "9");
    assertThat(raised.suggestion()).isNotBlank();

    story.after(MINUTE).step(10, 3);
    assertThat(story.open()).isEmpty();
    assertThat(story.alerts())
        .extracting(RunAlerted::status)
        .containsExactly(Status.RAISED, Status.CLEARED);
  }

  @Test
  void fastRunMayStillPauseForItsCheckpoint() {
    trainingEvery(Duration.ofSeconds(5), 30);
    standingStill(9);
    assertThat(story.open()).isEmpty();
    standingStill(2);
    assertThat(story.open()).containsExactly("no-progress");
  }

  @Test
  void firstStepMayTakeLongOnEveryMachine() {
    trainingEvery(MINUTE, 10);
    story.after(MINUTE).job(JobState.RECOVERING, 1);
    story.after(MINUTE).job(JobState.RUNNING, 2);
    standingStill(29);
    assertThat(story.open()).isEmpty();
    standingStill(2);
    assertThat(story.open()).containsExactly("no-progress");
    assertThat(story.alerts().getLast().message()).contains("without a step");
    story.after(MINUTE).step(0, 11);
    assertThat(story.open()).isEmpty();
  }

  @Test
  void silenceOfWandbIsNoStandstillOfTheRun() {
    trainingEvery(MINUTE, 10);
    var heartbeat = story.now();
    story.after(Duration.ofMinutes(4)).seen("running", heartbeat, 9, finite(3));
    assertThat(story.open()).isEmpty();
    story.after(Duration.ofMinutes(2)).seen("crashed", heartbeat, 9, finite(3));
    assertThat(story.open()).containsExactly("wandb-silent");
    story.after(Duration.ofHours(3)).seen("crashed", heartbeat, 9, finite(3));
    assertThat(story.open()).containsExactly("wandb-silent");
    assertThat(story.alerts()).hasSize(1);
    story.after(MINUTE).step(10, 3);
    assertThat(story.open()).isEmpty();
  }

  @Test
  void outageOfWandbRaisesAndClearsNothing() {
    trainingEvery(MINUTE, 10);
    standingStill(12);
    assertThat(story.open()).containsExactly("no-progress");
    story.after(Duration.ofHours(5)).unread();
    assertThat(story.open()).containsExactly("no-progress");
    assertThat(story.alerts()).hasSize(1);
  }

  @Test
  void runThatShouldReportAndNeverDoesIsSilent() {
    story.job(JobState.RUNNING, 1);
    story.after(Duration.ofMinutes(30)).missing();
    assertThat(story.open()).isEmpty();
    story.after(MINUTE).missing();
    assertThat(story.open()).containsExactly("wandb-silent");
    assertThat(story.alerts().getLast().message()).contains("does not have it");
  }

  @Test
  void runThatReportsNothingIsNotMissed() {
    TrainingStory silent = new TrainingStory(null, null);
    silent.job(JobState.RUNNING, 1).after(Duration.ofDays(3)).missing();
    assertThat(silent.alerts()).isEmpty();
  }

  @Test
  void trainerThatClosedItsRunMayStillUpload() {
    trainingEvery(MINUTE, 10);
    var end = story.now();
    story.after(Duration.ofHours(1)).seen("finished", end, 9, finite(3));
    assertThat(story.open()).isEmpty();
  }

  @Test
  void waitingForMachinesCountsFromTheRequestThroughEveryAttemptToLaunch() {
    story.after(Duration.ofMinutes(10)).job(JobState.PENDING, 1);
    story.after(Duration.ofMinutes(10)).job(JobState.STARTING, 1);
    story.after(Duration.ofMinutes(9)).job(JobState.PENDING, 1);
    assertThat(story.open()).isEmpty();
    story.after(Duration.ofMinutes(2)).unread();
    assertThat(story.open()).containsExactly("stuck-starting");
    assertThat(story.alerts().getLast().evidence()).containsEntry("waitedSeconds", "1860");
    story.after(MINUTE).job(JobState.UNKNOWN, 1);
    assertThat(story.open()).containsExactly("stuck-starting");
    story.after(MINUTE).job(JobState.RUNNING, 1);
    assertThat(story.open()).isEmpty();
  }

  @Test
  void runWithoutAnyJobIsStuckToo() {
    story.after(Duration.ofMinutes(31)).unread();
    assertThat(story.open()).containsExactly("stuck-starting");
    assertThat(story.alerts().getLast().message()).contains("no job");
  }

  @Test
  void threeLossesInTwoHoursAreTooOften() {
    story.job(JobState.RUNNING, 1);
    story.after(Duration.ofMinutes(50)).job(JobState.RUNNING, 2);
    story.after(Duration.ofMinutes(50)).job(JobState.RUNNING, 3);
    assertThat(story.open()).isEmpty();
    story.after(Duration.ofMinutes(10)).job(JobState.RUNNING, 4);
    assertThat(story.open()).containsExactly("recovering-too-often");
    story.after(Duration.ofMinutes(61)).unread();
    assertThat(story.open()).isEmpty();
  }

  @Test
  void lossesOfBeforeTheFirstLookAreNotOfNow() {
    story.job(JobState.RUNNING, 9);
    assertThat(story.open()).isEmpty();
  }

  @Test
  void lossThatIsNoNumberIsToldAtOnceAndClearedWithTheNextNumber() {
    trainingEvery(MINUTE, 3);
    story.after(MINUTE).seen("running", story.now(), 3, new LoggedValue.NotFinite());
    assertThat(story.open()).containsExactly("loss-not-finite");
    assertThat(story.alerts().getLast().evidence()).containsEntry("lastLoss", "3");
    assertThat(story.told().getLast().data().nonFinite()).containsExactly("loss");
    story.after(MINUTE).step(4, 3);
    assertThat(story.open()).isEmpty();
  }

  @Test
  void lossFarAboveItsOwnRangeDiverges() {
    Random noise = new Random(3);
    story.job(JobState.RUNNING, 1);
    for (int step = 0; step < 60; step++) {
      story.after(MINUTE).step(step, 3 + 4 * Math.exp(-step / 10.0) + 0.1 * noise.nextGaussian());
    }
    assertThat(story.alerts()).isEmpty();
    for (int step = 60; step < 64; step++) {
      story.after(MINUTE).step(step, 7 + 0.1 * noise.nextGaussian());
    }
    assertThat(story.open()).isEmpty();
    story.after(MINUTE).step(64, 7);
    assertThat(story.open()).containsExactly("loss-diverged");
    for (int step = 65; step < 70; step++) {
      story.after(MINUTE).step(step, 3.1 + 0.1 * noise.nextGaussian());
    }
    assertThat(story.open()).isEmpty();
  }

  @Test
  void noisyLossWithSpikesDoesNotDiverge() {
    Random noise = new Random(4);
    story.job(JobState.RUNNING, 1);
    for (int step = 0; step < 2_000; step++) {
      double spike = noise.nextInt(20) == 0 ? 40 : 0;
      story.after(MINUTE).step(step, 2 + 0.5 * noise.nextGaussian() + spike);
    }
    assertThat(story.alerts()).isEmpty();
  }

  @Test
  void startFromTheBeginningIsNoDivergence() {
    trainingEvery(MINUTE, 40);
    story.after(MINUTE).job(JobState.RUNNING, 2);
    for (int step = 0; step < 40; step++) {
      story.after(MINUTE).step(step, 11);
    }
    assertThat(story.alerts()).isEmpty();
  }

  @Test
  void gpusThatAreNotUsedAreToldAsSoonAsTheyArePaidFor() {
    TrainingStory one = new TrainingStory(null, 1);
    one.job(JobState.STARTING, 1);
    assertThat(one.open()).isEmpty();
    one.after(MINUTE).job(JobState.RUNNING, 1);
    assertThat(one.open()).containsExactly("gpus-idle");
    assertThat(one.alerts().getLast().message()).startsWith("14 of 16 GPUs");
    TrainingStory all = new TrainingStory(null, 8);
    all.job(JobState.RUNNING, 1);
    assertThat(all.alerts()).isEmpty();
  }

  @Test
  void endClearsWhatIsOpen() {
    trainingEvery(MINUTE, 10);
    standingStill(12);
    story.after(MINUTE).job(JobState.CANCELLED, 1);
    assertThat(story.open()).isEmpty();
    assertThat(story.alerts().getLast().status()).isEqualTo(Status.CLEARED);
    assertThat(story.alerts().getLast().message()).contains("ended");
  }

  private void trainingEvery(Duration gap, int steps) {
    story.job(JobState.RUNNING, 1);
    for (int step = 0; step < steps; step++) {
      story.after(gap).step(step, 3);
    }
  }

  private void standingStill(int minutes) {
    Long step = story.record().course().steps().step();
    for (int minute = 0; minute < minutes; minute++) {
      story.after(MINUTE).step(step == null ? 0 : step, 3);
    }
  }

  private static LoggedValue finite(double value) {
    return new LoggedValue.Finite(value);
  }
}
