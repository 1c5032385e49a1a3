package dev.wrinklefree.monitor;

import static dev.wrinklefree.monitor.script.ScriptedSkyPilot.epoch;
import static dev.wrinklefree.monitor.script.ScriptedSkyPilot.row;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.script.ScriptedSkyPilot;
import dev.wrinklefree.monitor.script.ScriptedSkyPilot.Mode;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the service tells while SkyPilot's queue fails, lies or forgets. */
@QuarkusTest
@TestProfile(QuickWatch.class)
@WithScriptedSkyPilot
class QueueFaultsTest {
  private static final AtomicLong IDS = new AtomicLong(1_000);
  private static final int ROUNDS = 8;

  ScriptedSkyPilot skyPilot;

  @TestHTTPResource("/jobs/")
  URI jobs;

  @TestHTTPResource(value = "health/ready", management = true)
  URI readiness;

  @TestHTTPResource(value = "health/live", management = true)
  URI liveness;

  private final RunId run = Fixtures.newRunId();
  private final long jobId = IDS.incrementAndGet();
  private final Instant startedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(60);
  private ContractProducer producer;
  private ContractConsumer consumer;

  @BeforeEach
  void connect() {
    skyPilot.become(Mode.WELL);
    producer = new ContractProducer();
    consumer = ContractConsumer.of(Topic.JOB_STATE);
  }

  @AfterEach
  void disconnect() {
    skyPilot.become(Mode.WELL);
    skyPilot.put(row(run, jobId, "CANCELLED"));
    producer.close();
    consumer.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "CONTROLLER_DOWN"})
  void unreadableQueueIsUnknownAndThenTheTruth(Mode fault) {
    running();

    skyPilot.become(fault);
    Event<JobStateChanged> unknown = awaitState(JobState.UNKNOWN);
    Instant since = unknown.data().unknownSince();
    given()
        .get(jobs.resolve(run.value()))
        .then()
        .statusCode(200)
        .body("state", equalTo("UNKNOWN"))
        .body("unknownSince", equalTo(String.valueOf(since)));
    skyPilot.become(Mode.WELL);
    awaitCount(3);
    given().get(jobs.resolve(run.value())).then().body("unknownSince", nullValue());

    assertThat(states()).containsExactly(JobState.RUNNING, JobState.UNKNOWN, JobState.RUNNING);
    assertThat(unknown.data().reason()).extracting("code").isEqualTo("queue-unreadable");
    assertThat(unknown.data().unknownSince()).isEqualTo(unknown.attributes().time());
    assertThat(events().getLast().data().previousState()).isEqualTo(JobState.UNKNOWN);
    assertThat(events().getLast().data().attempt()).isEqualTo(1);
  }

  @Test
  void readinessTellsThatTheQueueCannotBeReadAndSinceWhenAndLivenessDoesNot() {
    running();
    Awaitility.await()
        .atMost(ContractConsumer.PATIENCE)
        .untilAsserted(() -> assertThat(health(readiness, 200)).contains("\"read at "));

    skyPilot.become(Mode.CONTROLLER_UNREACHABLE);

    Awaitility.await()
        .atMost(ContractConsumer.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(health(readiness, 503))
                    .contains("\"skypilot-watcher\": \"no successful read since ")
                    .contains("Failed to connect to jobs controller"));
    health(liveness, 200);
    skyPilot.become(Mode.WELL);
    Awaitility.await()
        .atMost(ContractConsumer.PATIENCE)
        .untilAsserted(() -> health(readiness, 200));
  }

  private static String health(URI check, int status) {
    return given().get(check).then().statusCode(status).extract().asString();
  }

  @Test
  void shortOutageIsNotTold() {
    running();

    skyPilot.become(Mode.UNAVAILABLE);
    awaitReads(2);
    skyPilot.become(Mode.WELL);
    awaitReads(ROUNDS);

    assertThat(states()).containsExactly(JobState.RUNNING);
  }

  @Test
  void endDuringAnOutageIsToldWithItsOwnTime() {
    running();
    Instant endedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    skyPilot.become(Mode.CONTROLLER_DOWN);
    skyPilot.put(
        row(run, jobId, "SUCCEEDED")
            .put("start_at", epoch(startedAt))
            .put("end_at", epoch(endedAt.plusMillis(100))));
    awaitState(JobState.UNKNOWN);
    skyPilot.become(Mode.WELL);

    Event<JobStateChanged> end = awaitState(JobState.SUCCEEDED);
    assertThat(end.data().previousState()).isEqualTo(JobState.UNKNOWN);
    assertThat(end.attributes().time()).isEqualTo(endedAt.plusMillis(100));
  }

  @Test
  void halfAnAnswerEndsNoJob() {
    // Three newer jobs push this one off the first page of two.
    running();
    List<RunId> strangers = List.of(Fixtures.newRunId(), Fixtures.newRunId(), Fixtures.newRunId());
    strangers.forEach(other -> skyPilot.put(row(other, IDS.incrementAndGet(), "RUNNING")));

    skyPilot.become(Mode.ONLY_FIRST_PAGE);
    awaitReads(4);
    skyPilot.become(Mode.WELL);
    awaitReads(ROUNDS);

    assertThat(states()).containsExactly(JobState.RUNNING);
    strangers.forEach(other -> assertThat(consumer.events(other)).isEmpty());
  }

  @Test
  void vanishedJobWaitsForTheSecondLook() {
    running();

    skyPilot.become(Mode.NO_TARGETED_READS);
    skyPilot.put(row(run, jobId, "FAILED").put("failure_reason", "exit code 1"));
    awaitReads(4);
    assertThat(states()).containsExactly(JobState.RUNNING);
    skyPilot.become(Mode.WELL);

    assertThat(awaitState(JobState.FAILED).data().reason())
        .isEqualTo(new JobStateChanged.Reason("user-code-failed", "exit code 1"));
  }

  @Test
  void jobThatSkyPilotForgotIsUnknownAndNotFailed() {
    running();

    skyPilot.remove(jobId);

    assertThat(awaitState(JobState.UNKNOWN).data().reason())
        .extracting("code")
        .isEqualTo("job-absent");
    assertThat(states()).containsExactly(JobState.RUNNING, JobState.UNKNOWN);
  }

  @Test
  void correctedEndIsTold() {
    running();
    skyPilot.put(row(run, jobId, "SUCCEEDED"));
    awaitState(JobState.SUCCEEDED);

    skyPilot.put(
        row(run, jobId, "FAILED_CONTROLLER").put("failure_reason", "Previously: SUCCEEDED"));

    Event<JobStateChanged> corrected = awaitState(JobState.FAILED_CONTROLLER);
    assertThat(corrected.data().previousState()).isEqualTo(JobState.SUCCEEDED);
    assertThat(corrected.attributes().sequence()).isEqualTo(3);
  }

  @Test
  void unknownWordIsKept() {
    running();

    skyPilot.put(row(run, jobId, "HIBERNATING"));

    JobStateChanged unknown = awaitState(JobState.UNKNOWN).data();
    assertThat(unknown.rawStatus()).isEqualTo("HIBERNATING");
    assertThat(unknown.reason()).extracting("code").isEqualTo("unknown-status");
  }

  @Test
  void recoveryBetweenTwoReadingsIsTold() {
    running();
    Instant recoveredAt = startedAt.plusSeconds(30);

    skyPilot.put(
        row(run, jobId, "RUNNING")
            .put("start_at", epoch(startedAt))
            .put("last_recovered_at", epoch(recoveredAt))
            .put("recovery_count", 1));

    Event<JobStateChanged> again =
        consumer.awaitEvent(run, JobStateChanged.class, data -> data.attempt() == 2);
    assertThat(again.data().state()).isEqualTo(JobState.RUNNING);
    assertThat(again.attributes().time()).isEqualTo(recoveredAt);
    assertThat(again.data().placement()).isNotNull();
  }

  @Test
  void resetControllerThatReusesAnIdIsNotTakenForTheOldJob() {
    running();

    skyPilot.put(row(Fixtures.newRunId(), jobId, "FAILED"));

    assertThat(awaitState(JobState.UNKNOWN).data().reason())
        .extracting("code")
        .isEqualTo("job-absent");
    assertThat(states()).doesNotContain(JobState.FAILED);
  }

  @Test
  void failedLaunchHasNoJobAndNoEvents() {
    producer.send(run, Fixtures.launchAccepted(run));
    producer.send(run, Fixtures.launchFailed(run));

    awaitReads(ROUNDS);

    assertThat(events()).isEmpty();
  }

  private void running() {
    skyPilot.put(
        row(run, jobId, "RUNNING")
            .put("start_at", epoch(startedAt))
            .put("last_recovered_at", epoch(startedAt)));
    producer.send(run, Fixtures.launchAccepted(run));
    producer.send(run, new LaunchSubmitted(run, jobId, null, false, startedAt));
    Event<JobStateChanged> running = awaitState(JobState.RUNNING);
    assertThat(running.attributes().time()).isEqualTo(startedAt);
  }

  private Event<JobStateChanged> awaitState(JobState state) {
    return consumer.awaitEvent(run, JobStateChanged.class, data -> data.state() == state);
  }

  private void awaitCount(int count) {
    consumer.awaitEvents(run, count);
  }

  /** Waits until the queue was asked that many times more, so that whole rounds have passed. */
  private void awaitReads(int more) {
    int target = skyPilot.queueReads() + more;
    Awaitility.await()
        .atMost(ContractConsumer.PATIENCE)
        .until(() -> skyPilot.queueReads() >= target);
  }

  private List<JobState> states() {
    return events().stream().map(event -> event.data().state()).toList();
  }

  private List<Event<JobStateChanged>> events() {
    return consumer.events(run).stream()
        .map(e -> new Event<>(e.attributes(), (JobStateChanged) e.data()))
        .toList();
  }
}
