package dev.wrinklefree.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.platform.TestBroker;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code wf events}, with a real broker. */
class EventsTest extends ScriptedPlatformTest {

  private final ContractProducer producer = new ContractProducer();
  private final RunId run = Fixtures.newRunId();

  @BeforeEach
  void knownRun() {
    environment.put("WF_KAFKA_BOOTSTRAP_SERVERS", TestBroker.bootstrapServers());
    launch.answer(
        "GET /launches/" + run, 200, LAUNCH.formatted("submitted").replace("my-run", run.value()));
  }

  @AfterEach
  void disconnect() {
    producer.close();
  }

  @Test
  void tellsAllOfARunInOrder() {
    for (EventType type :
        List.of(
            EventType.LAUNCH_REQUESTED,
            EventType.LAUNCH_ACCEPTED,
            EventType.LAUNCH_SUBMITTED,
            EventType.JOB_STATE_CHANGED,
            EventType.TRAINING_PROGRESSED,
            EventType.CHECKPOINT_WRITTEN,
            EventType.COST_UPDATED,
            EventType.RUN_ALERTED)) {
      producer.send(run, Fixtures.data(type, run));
    }
    producer.send(Fixtures.newRunId(), Fixtures.launchRequested());

    assertThat(wf("events", run.value())).isEqualTo(ExitCode.OK);
    assertThat(out.toString().lines().map(line -> line.substring(21)))
        .allMatch(line -> line.contains("  " + run + "  "))
        .map(line -> line.substring(0, line.indexOf(' ')))
        .containsExactly(
            "launch-requested",
            "launch-state",
            "launch-state",
            "job-state",
            "training-progress",
            "checkpoint-written",
            "running-cost",
            "run-alert");
  }

  @Test
  void topicsLimitAndJsonNarrowIt() throws Exception {
    for (int i = 0; i < 3; i++) {
      producer.send(run, Fixtures.data(EventType.JOB_STATE_CHANGED, run));
    }
    producer.send(run, Fixtures.data(EventType.COST_UPDATED, run));
    assertThat(wf("events", run.value(), "--topic", "job-state", "-n", "2", "-o", "json"))
        .isEqualTo(ExitCode.OK);
    assertThat(out.toString()).hasLineCount(2);
    for (String line : out.toString().lines().toList()) {
      JsonNode event = json(line);
      assertThat(event.path("topic").asText()).isEqualTo("job-state");
      assertThat(event.path("type").asText()).isEqualTo(EventType.JOB_STATE_CHANGED.typeName());
      assertThat(event.path("data").path("runId").asText()).isEqualTo(run.value());
    }
  }

  @Test
  void nothingThatIsOlderThanAsked() {
    producer.send(run, Fixtures.data(EventType.JOB_STATE_CHANGED, run));
    assertThat(wf("events", run.value(), "--since", "2999-01-01T00:00:00Z")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void followsWhatComes() throws InterruptedException {
    producer.send(run, Fixtures.data(EventType.LAUNCH_ACCEPTED, run));
    Thread follower = Thread.ofPlatform().start(() -> wf("events", "--follow", run.value()));
    await().atMost(ContractConsumer.PATIENCE).until(() -> out.toString().contains("launch-state"));
    producer.send(run, Fixtures.data(EventType.CHECKPOINT_WRITTEN, run));
    await()
        .atMost(ContractConsumer.PATIENCE)
        .until(() -> out.toString().contains("checkpoint-written"));
    follower.interrupt();
    follower.join();
    assertThat(out.toString()).hasLineCount(2);
  }

  @Test
  void followsTheServicesStreamsWhereKafkaIsAway() throws InterruptedException {
    environment.put("WF_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
    monitor.answer(
        "GET /jobs/events?runId=" + run + "&from=start",
        200,
        """
        id: %s:1
        event: dev.wrinklefree.job.state-changed.v1
        data: {"specversion":"1.0","id":"%s:1","source":"/monitor-service/job-state",
        data: "type":"dev.wrinklefree.job.state-changed.v1","subject":"%s",
        data: "time":"2026-11-23T09:03:00Z","data":{"runId":"%s","state":"RUNNING","attempt":2,
        data: "placement":{"cloud":"gcp","spot":true},"reason":{"code":"recovered","text":"x"}}}

        """
            .formatted(run, run, run, run));
    Thread follower = Thread.ofPlatform().start(() -> wf("events", "-f", run.value()));
    await().atMost(ContractConsumer.PATIENCE).until(() -> out.toString().contains("RUNNING"));
    await().atMost(ContractConsumer.PATIENCE).until(() -> !monitor.lastEventIds().isEmpty());
    await()
        .atMost(ContractConsumer.PATIENCE)
        .until(() -> err.toString().contains("cannot follow /launches/events"));
    follower.interrupt();
    follower.join();
    assertThat(monitor.lastEventIds()).as("opened again after its last event").contains(run + ":1");
    assertThat(out.toString())
        .startsWith(
            "2026-11-23 09:03:00  job-state           "
                + run
                + "  RUNNING on gcp spot, attempt 2"
                + " (recovered)\n");
    assertThat(err.toString())
        .contains("Reading the services' own streams instead.")
        .contains("cannot follow /launches/events: launch-service answered: Not Found.");
  }

  @Test
  void withoutFollowingKafkaMustBeThere() {
    environment.put("WF_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
    assertThat(wf("events", run.value())).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(err.toString()).hasLineCount(1);
  }

  @Test
  void aTopicThatIsNoneIsNamed() {
    assertThat(wf("events", "--topic", "jobs")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).isEqualTo("wf: there is no topic \"jobs\"; one is job-state\n");
  }
}
