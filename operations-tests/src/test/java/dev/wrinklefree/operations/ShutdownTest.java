package dev.wrinklefree.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.operations.ShippedPlatform.Running;
import dev.wrinklefree.operations.ShippedPlatform.Stop;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the packaged launch-service again and again while requests arrive, submits are on their way
 * and the relay publishes. {@code -Dstops=20} for more rounds.
 */
class ShutdownTest {

  private static final Logger LOGGER = LoggerFactory.getLogger(ShutdownTest.class);
  private static final int STOPS = Integer.getInteger("stops", 2);
  private static final int REQUESTS_A_ROUND = 15;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** 128 + SIGTERM: Quarkus ends itself so when it was asked to stop, not the system. */
  private static final String ASKED_TO_STOP = "exit code 143";

  @Test
  void endsInTenSecondsWithNothingLostAndNothingRepeated(@TempDir Path directory) throws Exception {
    List<RunId> runs = Collections.synchronizedList(new ArrayList<>());
    List<Duration> times = new ArrayList<>();
    try (ShippedPlatform platform = new ShippedPlatform(directory);
        ContractProducer producer = new ContractProducer(platform.broker());
        ContractConsumer states =
            ContractConsumer.at(platform.broker(), List.of(Topic.LAUNCH_STATE.topicName()))) {
      for (int round = 0; round < STOPS; round++) {
        Running service = platform.start("launch-service").awaitReady();
        int before = runs.size();
        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> request(producer, runs));
        // Some are answered and being submitted, others still arrive.
        await().atMost(PATIENCE).until(() -> runs.size() > before + REQUESTS_A_ROUND / 2);
        states.awaitEvent(runs.get(before), LaunchAccepted.class);
        Stop stop = service.stop();
        load.join();
        times.add(stop.took());
        assertThat(stop.obituary()).contains(ASKED_TO_STOP);
        assertThat(stop.took()).isLessThan(LIMIT);
      }
      platform.start("launch-service").awaitReady();
      for (RunId run : runs) {
        await().atMost(PATIENCE).until(() -> states.events(run).size() >= 2);
        assertThat(states.events(run))
            .extracting(event -> event.attributes().type())
            .containsExactly(EventType.LAUNCH_ACCEPTED, EventType.LAUNCH_SUBMITTED);
      }
      assertThat(states.records()).hasSize(2 * runs.size());
      assertThat(jobsByRun(platform)).containsExactlyInAnyOrderElementsOf(names(runs));
    }
    Collections.sort(times);
    LOGGER.info(
        "{} stops under load, {} requests: p50 {} ms, worst {} ms",
        times.size(),
        runs.size(),
        times.get(times.size() / 2).toMillis(),
        times.getLast().toMillis());
  }

  private static void request(ContractProducer producer, List<RunId> runs) {
    for (int i = 0; i < REQUESTS_A_ROUND; i++) {
      RunId run = Fixtures.newRunId();
      producer.send(run, Requests.small());
      runs.add(run);
    }
  }

  private static List<String> jobsByRun(ShippedPlatform platform) throws Exception {
    List<String> names = new ArrayList<>();
    for (JsonNode job : ContractJson.mapper().readTree(platform.jobs())) {
      names.add(job.path("metadata").path("wrinklefree_run_id").asText());
    }
    return names;
  }

  private static List<String> names(List<RunId> runs) {
    return runs.stream().map(RunId::value).toList();
  }
}
