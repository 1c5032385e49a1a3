package dev.wrinklefree.checkpoint.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.sandbox.gcs.StorageServer;
import dev.wrinklefree.sandbox.gcs.StorageServerSettings;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.StorageResource;
import dev.wrinklefree.testkit.platform.TestBroker;
import dev.wrinklefree.testkit.platform.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * How long after the moment at which a checkpoint is overdue the packaged service's alert is
 * appended, at the default interval. Not among the tests: run it by name.
 */
class AlertDelayMeasurement {

  private static final int RUNS = Integer.getInteger("measurement.runs", 40);
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int LONGEST_PAUSE_MILLIS = 1500;
  private static final long SEED = 20261123;

  @Test
  @SuppressWarnings("SystemOut") // the figures are what this is for
  void overdueUntilAlert() throws Exception {
    Map<RunId, Instant> overdueAt = new LinkedHashMap<>();
    List<RunId> runs = Stream.generate(Fixtures::newRunId).limit(RUNS).toList();
    try (StorageServer server = StorageServer.start(StorageServerSettings.temporary());
        ContractProducer producer = new ContractProducer();
        ContractConsumer alerts = ContractConsumer.of(Topic.RUN_ALERT)) {
      server.createBucket(StorageResource.BUCKET);
      Map<String, String> environment =
          Map.of(
              "KAFKA_BOOTSTRAP_SERVERS", TestBroker.bootstrapServers(),
              "QUARKUS_DATASOURCE_JDBC_URL", TestPostgres.freshDatabase(),
              "QUARKUS_DATASOURCE_USERNAME", TestPostgres.USER,
              "WF_GCS_HOST", server.endpoint().toString(),
              "WF_CHECKPOINT_INTERVAL", "PT15S",
              "WF_CHECKPOINT_ALERTS_FIRST_CHECKPOINT", LIMIT.toString());
      try (ShippedService service = ShippedService.start(environment)) {
        runs.forEach(run -> producer.send(run, Fixtures.launchAccepted(run)));
        // A wait counts from a run's first listing on; a real job is minutes from its machines
        // then.
        Awaitility.await()
            .atMost(Duration.ofMinutes(1))
            .until(() -> server.listingRequests(StorageResource.BUCKET) >= RUNS);
        Random random = new Random(SEED);
        for (RunId run : runs) {
          Instant next = Instant.now().plusMillis(random.nextInt(LONGEST_PAUSE_MILLIS));
          Awaitility.await().until(() -> !Instant.now().isBefore(next));
          producer.send(run, Fixtures.jobStateChanged(run, JobState.RUNNING, JobState.STARTING));
          overdueAt.put(run, Instant.now().plus(LIMIT));
        }
        List<Duration> delays =
            runs.stream()
                .map(
                    run ->
                        Duration.between(
                            overdueAt.get(run),
                            alerts.awaitEvent(run, RunAlerted.class).attributes().recordedTime()))
                .sorted()
                .toList();
        assertThat(delays).hasSize(RUNS).noneMatch(Duration::isNegative);
        System.out.printf(
            "overdue to alert, %d runs: p50 %d ms, p99 %d ms, most %d ms%n",
            RUNS,
            delays.get(RUNS / 2).toMillis(),
            delays.get((int) Math.ceil(RUNS * 0.99) - 1).toMillis(),
            delays.getLast().toMillis());
      }
    }
  }
}
