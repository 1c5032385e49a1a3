package dev.wrinklefree.monitor;

import static dev.wrinklefree.monitor.script.ScriptedSkyPilot.row;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.script.ScriptedSkyPilot;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.KafkaResource;
import dev.wrinklefree.testkit.PostgresResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Measures how long SkyPilot goes unwatched when the replica that watches is killed with SIGKILL:
 * two replicas as packaged, with the default heartbeat, on one database. Not part of the suite, by
 * its name; needs {@code target/quarkus-app}. The command is in the module's README.
 */
class TakeOverMeasure {
  private static final int KILLS = Integer.getInteger("measure.kills", 10);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final int SEED = 7;

  private final ScriptedSkyPilot skyPilot = new ScriptedSkyPilot();
  private final Map<String, Process> replicas = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private final Random random = new Random(SEED);

  @BeforeEach
  void start() {
    new KafkaResource().start().forEach(this::setting);
    new PostgresResource().start().forEach(this::setting);
    setting("wf.skypilot.endpoint", skyPilot.endpoint().toString());
    setting("wf.skypilot.token", ScriptedSkyPilot.TOKEN);
    setting("wf.monitor.interval", INTERVAL.toString());
    setting("quarkus.http.port", "0");
    setting("quarkus.management.port", "0");
  }

  @AfterEach
  void stop() {
    replicas.values().forEach(Process::destroyForcibly);
    skyPilot.close();
  }

  @Test
  void fromTheKillToTheNextReadByTheOther() throws Exception {
    RunId run = Fixtures.newRunId();
    skyPilot.put(row(run, 1, "RUNNING"));
    replica("first");
    replica("second");
    try (ContractProducer producer = new ContractProducer();
        ContractConsumer consumer = ContractConsumer.of(Topic.JOB_STATE)) {
      producer.send(run, Fixtures.launchAccepted(run));
      producer.send(run, new LaunchSubmitted(run, 1, null, false, Fixtures.REQUESTED_AT));
      Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () ->
                  consumer.events(run).stream().anyMatch(e -> e.data() instanceof JobStateChanged));
    }
    System.out.println(figures("between rounds", measure(false)));
    System.out.println(figures("in the middle of a round", measure(true)));
  }

  private List<Duration> measure(boolean inARound) throws IOException, InterruptedException {
    List<Duration> unwatched = new ArrayList<>();
    for (int i = 0; i < KILLS; i++) {
      awaitOneMoreRead();
      if (inARound) {
        skyPilot.takeTime(Duration.ofMillis(500));
        Awaitility.await().atMost(PATIENCE).until(() -> skyPilot.readsUnderWay() > 0);
      } else {
        Thread.sleep(random.nextLong(INTERVAL.toMillis()));
      }
      String watcher = skyPilot.lastUser();
      requireNonNull(replicas.get(watcher), watcher).destroyForcibly().waitFor();
      long killed = System.nanoTime();
      skyPilot.takeTime(Duration.ZERO);
      Awaitility.await()
          .pollInterval(Duration.ofMillis(10))
          .atMost(PATIENCE)
          .until(() -> !skyPilot.lastUser().equals(watcher));
      unwatched.add(Duration.ofNanos(System.nanoTime() - killed));
      replica(watcher);
    }
    return unwatched;
  }

  private void awaitOneMoreRead() {
    int reads = skyPilot.queueReads();
    Awaitility.await().atMost(PATIENCE).until(() -> skyPilot.queueReads() > reads);
  }

  private void replica(String name) throws IOException {
    Path log = Path.of("target", "replica-" + name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath().toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    builder.environment().put("WF_SKYPILOT_USER_ID", name);
    replicas.put(name, builder.start());
    // One that is still starting could take nothing over.
    Awaitility.await().atMost(PATIENCE).until(() -> Files.readString(log).contains("started in"));
  }

  private void setting(String property, String value) {
    environment.put(property.toUpperCase(Locale.ROOT).replace('.', '_'), value);
  }

  private static String figures(String when, List<Duration> unwatched) {
    assertThat(unwatched).hasSize(KILLS);
    Collections.sort(unwatched);
    return "killed %s, %d times, interval %s: unwatched p50 %d ms, worst %d ms"
        .formatted(
            when,
            unwatched.size(),
            INTERVAL,
            unwatched.get((unwatched.size() - 1) / 2).toMillis(),
            unwatched.getLast().toMillis());
  }
}
