package dev.wrinklefree.monitor.history;

import static dev.wrinklefree.monitor.script.ScriptedSkyPilot.epoch;
import static dev.wrinklefree.monitor.script.ScriptedSkyPilot.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.queue.QueueReader;
import dev.wrinklefree.monitor.script.ScriptedSkyPilot;
import dev.wrinklefree.monitor.script.ScriptedSkyPilot.Mode;
import dev.wrinklefree.monitor.state.ChangePlanner;
import dev.wrinklefree.monitor.watch.WatchLog;
import dev.wrinklefree.monitor.watch.WatchMetrics;
import dev.wrinklefree.monitor.watch.WatchRound;
import dev.wrinklefree.skypilot.SkyPilotClient;
import dev.wrinklefree.skypilot.connection.Authentication;
import dev.wrinklefree.skypilot.connection.Backoff;
import dev.wrinklefree.skypilot.connection.SkyPilotSettings;
import dev.wrinklefree.skypilot.connection.Timeouts;
import dev.wrinklefree.skypilot.connection.UserIdentity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The sections on states and on what a watcher must survive in SkyPilot's reference, case by case:
 * the real client over a socket, the real decisions, and a clock that the test moves.
 */
class SocketFaultsTest {
  private static final Duration UNKNOWN_AFTER = Duration.ofMinutes(1);
  private static final Instant T0 = Instant.parse("2026-11-01T10:00:00Z");
  private static final RunId ONE = new RunId("run-1");
  private static final RunId TWO = new RunId("run-2");
  private static final RunId THREE = new RunId("run-3");

  private final ScriptedSkyPilot skyPilot = new ScriptedSkyPilot();
  private final SkyPilotClient client =
      new SkyPilotClient(
          SkyPilotSettings.of(skyPilot.endpoint(), new UserIdentity("wrinklefree", "wrinklefree"))
              .withAuthentication(Authentication.of("test", ScriptedSkyPilot.TOKEN, null, null))
              .withTimeouts(Timeouts.DEFAULT.withDeadline(Duration.ofSeconds(10)))
              .withBackoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), 3)));
  private final ChangePlanner planner = new ChangePlanner(UNKNOWN_AFTER);
  private Instant now = T0;
  private final LedgerInMemory ledger =
      new LedgerInMemory(planner, () -> now, Duration.ofMinutes(10));
  private final Judgements judgements = new Judgements();
  private final WatchRound round =
      new WatchRound(
          ledger,
          new QueueReader(client::queue, () -> now, 2, failure -> {}),
          planner,
          () -> now,
          new WatchMetrics(new SimpleMeterRegistry(), () -> now),
          judgements);

  private static final class Judgements implements WatchLog {
    final List<String> failures = new ArrayList<>();
    int successes;

    @Override
    public void succeeded(Instant at) {
      successes++;
    }

    @Override
    public void failed(String reason, Instant at) {
      failures.add(reason);
    }
  }

  @AfterEach
  void stop() {
    client.close();
    skyPilot.close();
  }

  @Test
  void backwardMovesAreToldAsTheyCome() {
    follow(ONE, 1, "RUNNING");
    for (String status :
        List.of("PENDING", "STARTING", "RUNNING", "RECOVERING", "PENDING", "RECOVERING")) {
      skyPilot.put(row(ONE, 1, status));
      watch(15);
    }
    skyPilot.put(row(ONE, 1, "RUNNING").put("recovery_count", 1));
    watch(15);

    assertThat(states(ONE))
        .extracting(Enum::name)
        .containsExactly(
            "RUNNING",
            "PENDING",
            "STARTING",
            "RUNNING",
            "RECOVERING",
            "PENDING",
            "RECOVERING",
            "RUNNING");
    assertThat(last(ONE).attempt()).isEqualTo(2);
  }

  @Test
  void endIsCorrectedToAFailedController() {
    follow(ONE, 1, "SUCCEEDED");
    skyPilot.put(row(ONE, 1, "FAILED_CONTROLLER").put("failure_reason", "Previously: SUCCEEDED"));
    watch(15);

    assertThat(states(ONE)).containsExactly(JobState.SUCCEEDED, JobState.FAILED_CONTROLLER);
  }

  @Test
  void oldAnswerDoesNotRaiseTheDeadButALastingOneDoes() {
    follow(ONE, 1, "SUCCEEDED");
    skyPilot.put(row(ONE, 1, "RUNNING"));
    watch(15);
    skyPilot.put(row(ONE, 1, "SUCCEEDED"));
    watch(15);
    assertThat(states(ONE)).containsExactly(JobState.SUCCEEDED);

    skyPilot.put(row(ONE, 1, "RUNNING"));
    for (int i = 0; i < 5; i++) {
      watch(15);
    }

    assertThat(states(ONE)).containsExactly(JobState.SUCCEEDED, JobState.RUNNING);
  }

  @Test
  void jobMissingFromItsPageIsFoundByItsIdAndOneMissingEverywhereIsUnknownInTheEnd() {
    follow(ONE, 1, "RUNNING");
    follow(TWO, 2, "RUNNING");
    skyPilot.lose(1);
    watch(30);
    watch(30);
    assertThat(states(ONE)).containsExactly(JobState.RUNNING);
    watch(30);
    skyPilot.mend();
    watch(15);

    assertThat(states(ONE)).containsExactly(JobState.RUNNING, JobState.UNKNOWN, JobState.RUNNING);
    assertThat(states(TWO)).containsExactly(JobState.RUNNING);
  }

  @Test
  void pagesThatShiftWhileTheyAreReadHideNoJob() {
    for (int id = 1; id <= 7; id++) {
      skyPilot.put(row(new RunId("other-" + id), id, "RUNNING"));
    }
    follow(ONE, 8, "RUNNING");
    follow(TWO, 9, "RUNNING");
    follow(THREE, 10, "RUNNING");
    long[] next = {100};
    // One comes and one ends after each page, so that rows move both ways.
    skyPilot.afterEachAnswer(
        () -> {
          skyPilot.put(row(new RunId("new-" + next[0]), next[0], "RUNNING"));
          skyPilot.remove(next[0]++ - 2);
        });
    for (int i = 0; i < 10; i++) {
      watch(15);
    }

    assertThat(List.of(states(ONE), states(TWO), states(THREE)))
        .containsOnly(List.of(JobState.RUNNING));
  }

  @Test
  void jobsOfAControllerThatNumbersAnewAreNotTakenForOurs() {
    follow(ONE, 1, row(ONE, 1, "RUNNING").put("submitted_at", epoch(T0)));
    follow(TWO, 2, row(TWO, 2, "RUNNING").put("submitted_at", epoch(T0)));
    skyPilot.restart();
    skyPilot.put(row(THREE, 1, "SUCCEEDED"));
    // The name is the run's, and no more than the name.
    ObjectNode namesake = row(TWO, 2, "FAILED");
    namesake.remove("metadata");
    skyPilot.put(namesake);
    for (int i = 0; i < 6; i++) {
      watch(15);
    }

    assertThat(List.of(states(ONE), states(TWO)))
        .containsOnly(List.of(JobState.RUNNING, JobState.UNKNOWN));
    assertThat(last(ONE).reason()).extracting("code").isEqualTo("job-absent");
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "UNAVAILABLE",
        "CONTROLLER_DOWN",
        "CONTROLLER_UNREACHABLE",
        "RESULTS_UNAVAILABLE",
        "TOKEN_REVOKED",
        "ALWAYS_INVALID"
      })
  void queueThatCannotBeReadIsUnknownSinceTheLastSightAndThenTheTruth(Mode fault) {
    follow(ONE, 1, "RUNNING");
    Instant lastSeen = now;
    int before = skyPilot.queueReads();
    skyPilot.become(fault);
    watch(15);
    int readsOfARound = skyPilot.queueReads() - before;
    watch(45);
    assertThat(states(ONE)).containsExactly(JobState.RUNNING);
    watch(15);
    assertThat(last(ONE).unknownSince()).isEqualTo(lastSeen);
    assertThat(last(ONE).reason()).extracting("code").isEqualTo("queue-unreadable");
    skyPilot.become(Mode.WELL);
    skyPilot.put(row(ONE, 1, "SUCCEEDED"));
    watch(15);

    assertThat(states(ONE)).containsExactly(JobState.RUNNING, JobState.UNKNOWN, JobState.SUCCEEDED);
    assertThat(last(ONE).unknownSince()).isNull();
    assertThat(readsOfARound).as("requests of a round in vain").isLessThan(20);
    assertThat(judgements.failures).hasSize(3).doesNotContain("");
    assertThat(judgements.successes).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"failure_reason", "metadata", "status"})
  void rowThatBreaksTheWholeAnswerHidesNoOtherJob(String field) {
    for (int id = 3; id < 9; id++) {
      skyPilot.put(row(new RunId("other-" + id), id, "RUNNING"));
    }
    follow(ONE, 1, "STARTING");
    follow(TWO, 2, "STARTING");
    skyPilot.breakRow(2, Set.of(field));
    skyPilot.put(row(ONE, 1, "RUNNING"));
    skyPilot.put(row(TWO, 2, "RUNNING"));
    for (int i = 0; i < 6; i++) {
      watch(15);
    }

    assertThat(states(ONE)).containsExactly(JobState.STARTING, JobState.RUNNING);
    assertThat(states(TWO).getLast())
        .isEqualTo(field.equals("status") ? JobState.UNKNOWN : JobState.RUNNING);
    assertThat(judgements.failures).as("one row does not make us blind").isEmpty();

    skyPilot.mend();
    watch(15);
    assertThat(states(TWO).getLast()).isEqualTo(JobState.RUNNING);
  }

  @Test
  void endOfAJobInABrokenPageIsToldAndItsPlaceIsReadWithoutTheBrokenField() {
    follow(ONE, 1, "STARTING");
    follow(TWO, 2, "RUNNING");
    skyPilot.breakRow(1, Set.of("accelerators"));
    skyPilot.put(row(ONE, 1, "RUNNING"));
    watch(15);
    assertThat(last(ONE).placement()).isNotNull().extracting("accelerators").isNull();

    skyPilot.breakRow(1, Set.of("failure_reason"));
    skyPilot.put(row(TWO, 2, "FAILED"));
    watch(15);
    assertThat(states(TWO)).containsExactly(JobState.RUNNING, JobState.FAILED);
  }

  @Test
  void unknownWordIsUnknownWithTheWordAndNoEnd() {
    follow(ONE, 1, "RUNNING");
    skyPilot.put(row(ONE, 1, "HIBERNATING"));
    watch(15);

    assertThat(last(ONE).state()).isEqualTo(JobState.UNKNOWN);
    assertThat(last(ONE).rawStatus()).isEqualTo("HIBERNATING");
    assertThat(last(ONE).unknownSince()).isEqualTo(now);
  }

  @Test
  void twinThatLaunchServiceCancelsDoesNotEndTheRun() {
    ledger.accepted(ONE);
    skyPilot.put(row(ONE, 7, "RUNNING"));
    skyPilot.put(row(ONE, 8, "STARTING"));
    skyPilot.lose(7);
    watch(15);
    assertThat(last(ONE).skypilotJobId()).as("the older one is hidden").isEqualTo(8);
    skyPilot.mend();
    skyPilot.put(row(ONE, 8, "CANCELLED"));
    watch(15);
    ledger.submitted(ONE, 7);
    watch(15);
    skyPilot.lose(7);
    watch(15);

    assertThat(states(ONE)).containsExactly(JobState.STARTING, JobState.RUNNING);
    assertThat(last(ONE).skypilotJobId()).isEqualTo(7);
  }

  private void follow(RunId run, long jobId, String status) {
    follow(run, jobId, row(run, jobId, status));
  }

  private void follow(RunId run, long jobId, ObjectNode asItIs) {
    skyPilot.put(asItIs);
    ledger.accepted(run);
    ledger.submitted(run, jobId);
    watch(0);
  }

  private void watch(int secondsLater) {
    now = now.plusSeconds(secondsLater);
    round.run();
  }

  private List<JobState> states(RunId run) {
    return ledger.told(run).stream().map(tell -> tell.data().state()).toList();
  }

  private JobStateChanged last(RunId run) {
    return ledger.told(run).getLast().data();
  }
}
