package dev.wrinklefree.monitor.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.Rows;
import dev.wrinklefree.monitor.state.Plan.TimeOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangePlannerTest {
  private static final RunId RUN = new RunId("run-1");
  private static final Instant T0 = Instant.parse("2026-11-01T10:00:00Z");
  private static final Placement SPOT =
      new Placement(
          "nebius", "eu-north1", null, "gpu-h100-sxm", new Accelerators("H100", 1), true, 1);

  private final ChangePlanner planner = new ChangePlanner(Duration.ofSeconds(60));
  private RecordedJob recorded = RecordedJob.unseen(RUN, 7L);
  private final List<Plan.Tell> told = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "PENDING, STARTING, STARTING, ",
    "STARTING, RUNNING, RUNNING, ",
    "STARTING, PENDING, PENDING, launch-backoff",
    "PENDING, RUNNING, RUNNING, ",
    "RUNNING, PENDING, PENDING, launch-backoff",
    "RUNNING, RECOVERING, RECOVERING, machines-lost",
    "RECOVERING, PENDING, PENDING, launch-backoff",
    "RECOVERING, RUNNING, RUNNING, ",
    "STARTING, RECOVERING, RECOVERING, machines-lost",
    "RUNNING, WINDING_DOWN, WINDING_DOWN, ",
    "RUNNING, SUCCEEDED, SUCCEEDED, ",
    "WINDING_DOWN, SUCCEEDED, SUCCEEDED, ",
    "RUNNING, FAILED, FAILED, user-code-failed",
    "RUNNING, FAILED_SETUP, FAILED_SETUP, setup-failed",
    "STARTING, FAILED_NO_RESOURCE, FAILED_NO_RESOURCE, no-resources",
    "RECOVERING, FAILED_NO_RESOURCE, FAILED_NO_RESOURCE, no-resources",
    "STARTING, FAILED_PRECHECKS, FAILED_PRECHECKS, prechecks-failed",
    "RUNNING, CANCELLING, CANCELLING, cancelled",
    "CANCELLING, CANCELLED, CANCELLED, cancelled",
    "CANCELLING, SUCCEEDED, SUCCEEDED, ",
    "PENDING, CANCELLED, CANCELLED, cancelled",
    "RUNNING, FAILED_CONTROLLER, FAILED_CONTROLLER, controller-failed",
    "SUCCEEDED, FAILED_CONTROLLER, FAILED_CONTROLLER, controller-failed",
    "CANCELLED, FAILED_CONTROLLER, FAILED_CONTROLLER, controller-failed",
    "STARTING, SUBMITTED, PENDING, launch-backoff",
    "RUNNING, HIBERNATING, UNKNOWN, unknown-status",
  })
  void eachTransitionOfSkyPilotIsToldAsItWasSeen(
      String from, String to, JobState expected, String reasonCode) {
    JobStateChanged before = tell(seen(Rows.of(RUN, 7, from), 0)).data();

    JobStateChanged after = tell(seen(Rows.of(RUN, 7, to), 15)).data();

    assertThat(after.state()).isEqualTo(expected);
    assertThat(after.previousState()).isEqualTo(before.state());
    if (reasonCode == null) {
      assertThat(after.reason()).isNull();
    } else {
      assertThat(after.reason()).extracting(JobStateChanged.Reason::code).isEqualTo(reasonCode);
    }
  }

  @Test
  void firstEventHasNoPreviousStateAndAttemptOne() {
    JobStateChanged data = tell(seen(Rows.of(RUN, 7, "PENDING"), 0)).data();

    assertThat(data)
        .isEqualTo(
            new JobStateChanged(
                RUN, 7L, JobState.PENDING, null, null, null, 1, 0, null, null, null, null));
  }

  @Test
  void sameSightingTwiceIsToldOnce() {
    apply(seen(Rows.of(RUN, 7, "PENDING"), 0));

    assertThat(planner.plan(recorded, seen(Rows.of(RUN, 7, "PENDING"), 15)))
        .isEqualTo(new Plan.Unchanged());
  }

  @Test
  void unknownWordKeepsTheWordAndIsNoFailure() {
    JobStateChanged data = tell(seen(Rows.of(RUN, 7, "HIBERNATING"), 5)).data();

    assertThat(data.state()).isEqualTo(JobState.UNKNOWN);
    assertThat(data.rawStatus()).isEqualTo("HIBERNATING");
    assertThat(data.unknownSince()).isEqualTo(at(5));
  }

  @Test
  void runningIsTimedByItsStartAndTheEndByItsEnd() {
    apply(seen(Rows.of(RUN, 7, "PENDING"), 0));
    apply(seen(Rows.of(RUN, 7, "STARTING").at(at(8), null, null, null), 15));
    apply(seen(running(8, 20, 20, 0), 30));
    apply(seen(Rows.of(RUN, 7, "SUCCEEDED").at(at(8), at(20), at(20), at(41)), 45));

    assertThat(told).extracting(Plan.Tell::time).containsExactly(at(0), at(8), at(20), at(41));
    assertThat(told)
        .extracting(Plan.Tell::timeOrigin)
        .containsExactly(
            TimeOrigin.OBSERVED, TimeOrigin.SKYPILOT, TimeOrigin.SKYPILOT, TimeOrigin.SKYPILOT);
    assertThat(last().data().startedAt()).isEqualTo(at(20));
    assertThat(last().data().endedAt()).isEqualTo(at(41));
  }

  @Test
  void preemptionOfSpotMachinesGoesThroughRecoveringToAttemptTwo() {
    apply(seenAt(running(1, 2, 2, 0), SPOT, 10));
    apply(seen(Rows.of(RUN, 7, "RECOVERING").at(at(1), at(2), at(2), null), 20));
    apply(seenAt(running(1, 2, 28, 1), SPOT, 30));

    assertThat(told)
        .extracting(tell -> tell.data().state())
        .containsExactly(JobState.RUNNING, JobState.RECOVERING, JobState.RUNNING);
    assertThat(told.get(1).data().reason()).extracting("code").isEqualTo("preempted");
    assertThat(told.get(1).data().placement()).isNull();
    assertThat(told.get(1).time()).isEqualTo(at(20));
    assertThat(last().data().attempt()).isEqualTo(2);
    assertThat(last().data().recoveries()).isEqualTo(1);
    assertThat(last().data().placement()).isEqualTo(SPOT);
    assertThat(last().time()).isEqualTo(at(28));
  }

  @Test
  void recoveryBetweenTwoReadingsIsToldWithItsOwnTime() {
    apply(seenAt(running(1, 2, 2, 0), SPOT, 10));

    Plan.Tell tell = tell(seen(running(1, 2, 20, 1), 25));

    assertThat(tell.data().state()).isEqualTo(JobState.RUNNING);
    assertThat(tell.data().previousState()).isEqualTo(JobState.RUNNING);
    assertThat(tell.data().attempt()).isEqualTo(2);
    assertThat(tell.data().reason()).extracting("code").isEqualTo("recovered");
    assertThat(tell.data().placement()).as("the old machines' place").isNull();
    assertThat(tell.time()).isEqualTo(at(20));
  }

  @Test
  void recoveryThatSkyPilotDidNotCountIsToldByItsTime() {
    apply(seenAt(running(1, 2, 2, 0), SPOT, 10));

    Plan.Tell tell = tell(seen(running(1, 2, 20, 0), 25));

    assertThat(tell.data().attempt()).isEqualTo(1);
    assertThat(tell.data().reason()).extracting("code").isEqualTo("recovered");
    assertThat(tell.time()).isEqualTo(at(20));
  }

  @Test
  void countThatFallsIsNotBelieved() {
    apply(seen(running(1, 2, 2, 3), 10));

    Plan.Tell tell = tell(seen(Rows.of(RUN, 7, "RECOVERING").at(at(1), at(2), at(2), null), 20));

    assertThat(tell.data().attempt()).isEqualTo(4);
  }

  @Test
  void placeFoundLaterCompletesTheEventWithItsTime() {
    apply(seen(running(1, 2, 2, 0), 10));

    Plan.Tell tell = tell(seenAt(running(1, 2, 2, 0), SPOT, 25));

    assertThat(tell.data().placement()).isEqualTo(SPOT);
    assertThat(tell.time()).isEqualTo(at(2));
    assertThat(tell.timeOrigin()).isEqualTo(TimeOrigin.EARLIER_EVENT);
  }

  @Test
  void placeStaysKnownWithoutBeingAskedAgain() {
    apply(seenAt(running(1, 2, 2, 0), SPOT, 10));

    assertThat(planner.plan(recorded, seen(running(1, 2, 2, 0), 25)))
        .isEqualTo(new Plan.Unchanged());
    assertThat(Recovery.placementIsWanted(recorded, running(1, 2, 2, 0).row())).isFalse();
    assertThat(Recovery.placementIsWanted(recorded, running(1, 2, 30, 1).row())).isTrue();
  }

  @Test
  void jobThatEndedUnseenIsAskedForItsPlaceOnce() {
    apply(seen(Rows.of(RUN, 7, "STARTING").at(at(1), null, null, null), 2));
    Rows ended = Rows.of(RUN, 7, "SUCCEEDED").at(at(1), at(3), at(3), at(9));

    assertThat(Recovery.placementIsWanted(recorded, ended.row())).isTrue();
    assertThat(tell(seenAt(ended, SPOT, 15)).data().placement()).isEqualTo(SPOT);
    assertThat(Recovery.placementIsWanted(recorded, ended.row())).isFalse();
    assertThat(planner.plan(recorded, seen(ended, 30))).isEqualTo(new Plan.Unchanged());
  }

  @Test
  void unreadQueueBecomesUnknownOnlyAfterAWhileAndBackAgain() {
    apply(seenAt(running(1, 2, 2, 0), SPOT, 10));
    apply(new Finding.Unread(at(25)));
    apply(new Finding.Unread(at(84)));
    assertThat(told).hasSize(1);

    JobStateChanged unknown = tell(new Finding.Unread(at(85))).data();
    assertThat(unknown.state()).isEqualTo(JobState.UNKNOWN);
    assertThat(unknown.unknownSince()).isEqualTo(at(10));
    assertThat(unknown.reason()).isEqualTo(Reasons.QUEUE_UNREADABLE);
    assertThat(unknown.rawStatus()).isNull();
    assertThat(unknown.placement()).as("last known").isEqualTo(SPOT);
    assertThat(last().time()).isEqualTo(at(10));

    JobStateChanged back = tell(seenAt(running(1, 2, 2, 0), SPOT, 100)).data();
    assertThat(back.state()).isEqualTo(JobState.RUNNING);
    assertThat(back.previousState()).isEqualTo(JobState.UNKNOWN);
    assertThat(back.unknownSince()).isNull();
    assertThat(last().time()).isEqualTo(at(100));
  }

  @Test
  void oneMissedReadingIsForgottenWhenTheJobIsSeen() {
    apply(seen(running(1, 2, 2, 0), 10));
    apply(new Finding.Absent(at(25)));
    apply(seen(running(1, 2, 2, 0), 40));
    apply(new Finding.Absent(at(99)));

    assertThat(told).hasSize(1);
    assertThat(recorded.missedSince()).isEqualTo(at(99));
  }

  @Test
  void endDuringAnOutageKeepsItsTrueTime() {
    apply(seen(running(1, 2, 2, 0), 10));
    apply(new Finding.Unread(at(25)));
    apply(new Finding.Unread(at(85)));

    Plan.Tell tell = tell(seen(Rows.of(RUN, 7, "FAILED").at(at(1), at(2), at(2), at(30)), 100));

    assertThat(tell.data().state()).isEqualTo(JobState.FAILED);
    assertThat(tell.time()).isEqualTo(at(30));
  }

  @Test
  void jobThatWasNeverSeenIsUnknownSinceItWasMissed() {
    apply(new Finding.Absent(at(5)));

    JobStateChanged data = tell(new Finding.Absent(at(65))).data();

    assertThat(data.state()).isEqualTo(JobState.UNKNOWN);
    assertThat(data.previousState()).isNull();
    assertThat(data.reason()).isEqualTo(Reasons.JOB_ABSENT);
    assertThat(data.unknownSince()).isEqualTo(at(5));
  }

  @Test
  void runWithoutAJobIsNotUnknownHoweverLongItIsMissed() {
    recorded = RecordedJob.unseen(RUN, null);

    apply(new Finding.Absent(at(5)));
    apply(new Finding.Unread(at(5_000)));

    assertThat(told).isEmpty();
  }

  @Test
  void endedJobThatIsGoneStaysEnded() {
    apply(seen(Rows.of(RUN, 7, "SUCCEEDED").at(at(1), at(2), at(2), at(30)), 40));

    apply(new Finding.Absent(at(50)));
    apply(new Finding.Unread(at(5_000)));

    assertThat(told).hasSize(1);
  }

  @Test
  void correctionOfAnEndIsTold() {
    apply(seen(Rows.of(RUN, 7, "SUCCEEDED").at(at(1), at(2), at(2), at(30)), 40));
    Rows corrected =
        Rows.of(RUN, 7, "FAILED_CONTROLLER")
            .at(at(1), at(2), at(2), at(30))
            .because("Controller process is dead. Previously: SUCCEEDED");

    Plan.Tell tell = tell(seen(corrected, 55));

    assertThat(tell.data().state()).isEqualTo(JobState.FAILED_CONTROLLER);
    assertThat(tell.data().reason())
        .extracting("text")
        .isEqualTo("Controller process is dead. Previously: SUCCEEDED");
    assertThat(tell.time()).as("the old end is not when it was corrected").isEqualTo(at(55));
  }

  @Test
  void findingOlderThanTheRecordSaysNothing() {
    apply(seen(running(1, 2, 2, 0), 30));

    assertThat(planner.plan(recorded, seen(Rows.of(RUN, 7, "STARTING"), 29)))
        .isEqualTo(new Plan.Nothing());
  }

  @Test
  void timeInTheFarFutureIsNotBelieved() {
    apply(seen(Rows.of(RUN, 7, "STARTING").at(at(1), null, null, null), 2));

    Plan.Tell tell = tell(seen(running(1, 86_400, 86_400, 0), 15));

    assertThat(tell.time()).isEqualTo(at(15));
    assertThat(tell.timeOrigin()).isEqualTo(TimeOrigin.OBSERVED);
  }

  @Test
  void timeBeforeTheLastEventBecomesThatEventsTime() {
    apply(seen(Rows.of(RUN, 7, "PENDING"), 10));

    assertThat(tell(seen(Rows.of(RUN, 7, "STARTING").at(at(4), null, null, null), 15)).time())
        .isEqualTo(at(10));
  }

  @Test
  void jobOfANewControllerStartsItsCountAnew() {
    apply(seen(running(1, 2, 50, 4), 60));

    Plan.Tell tell = tell(seen(Rows.of(RUN, 1, "STARTING").at(at(100), null, null, null), 105));

    assertThat(tell.data().skypilotJobId()).isEqualTo(1);
    assertThat(tell.data().attempt()).isEqualTo(1);
    assertThat(tell.data().startedAt()).isNull();
    assertThat(recorded.isSameEpoch(Rows.of(RUN, 7, "RUNNING").row())).isFalse();
  }

  @Test
  void longFailureReasonIsCut() {
    Rows failed = Rows.of(RUN, 7, "FAILED").because("x".repeat(100_000));

    assertThat(tell(seen(failed, 5)).data().reason())
        .extracting(JobStateChanged.Reason::text)
        .asInstanceOf(InstanceOfAssertFactories.STRING)
        .hasSize(2_000)
        .endsWith("…");
  }

  private static Rows running(int submitted, int started, int recoveredAt, int recoveries) {
    return Rows.of(RUN, 7, "RUNNING")
        .at(at(submitted), at(started), at(recoveredAt), null)
        .recovered(recoveries);
  }

  private static Finding seen(Rows rows, int second) {
    return new Finding.Seen(rows.row(), null, at(second));
  }

  private static Finding seenAt(Rows rows, Placement placement, int second) {
    return new Finding.Seen(rows.row(), placement, at(second));
  }

  private static Instant at(int second) {
    return T0.plusSeconds(second);
  }

  private Plan.Tell last() {
    return told.getLast();
  }

  private Plan.Tell tell(Finding finding) {
    Plan plan = planner.plan(recorded, finding);
    assertThat(plan).isInstanceOf(Plan.Tell.class);
    apply(finding);
    return last();
  }

  private void apply(Finding finding) {
    switch (planner.plan(recorded, finding)) {
      case Plan.Tell tell -> {
        recorded = tell.next();
        told.add(tell);
      }
      case Plan.Remember remember -> recorded = remember.next();
      case Plan.Unchanged ignored -> {}
      case Plan.Nothing ignored -> {}
    }
  }
}
