package dev.wrinklefree.monitor.wandb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.monitor.wandb.LoggedValue.Finite;
import dev.wrinklefree.monitor.wandb.LoggedValue.NotFinite;
import dev.wrinklefree.sandbox.wandb.WandbServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What W&amp;B's own SDK reports to the stand-in, read by this service's client. Runs only where
 * {@code WANDB_PYTHON} names an interpreter that has the package wandb.
 */
@EnabledIfEnvironmentVariable(named = "WANDB_PYTHON", matches = ".+")
class WandbSdkReportTest {

  private static final String PROJECT = "wrinklefree-fairy2";
  private static final List<String> RUNS = List.of("finished", "resumed", "failed", "killed");

  private static WandbServer server;
  private static WandbClient client;
  private static Instant began;

  @BeforeAll
  static void report(@TempDir Path directory) throws Exception {
    server = WandbServer.start(0);
    client =
        new WandbClient(
            new WandbSettings(server.endpoint(), server.apiKey(), Duration.ofSeconds(10), 2));
    began = Instant.now();
    Path log = directory.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(
                System.getenv("WANDB_PYTHON"),
                "src/test/python/report_runs.py",
                PROJECT,
                directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("WANDB_BASE_URL", server.endpoint().toString());
    builder.environment().put("WANDB_API_KEY", server.apiKey());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(240, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @Test
  void everyRunIsFoundByItsId() {
    assertThat(client.runs(server.entity(), PROJECT, RUNS).runs())
        .extracting(WandbSighting::id)
        .containsExactlyInAnyOrderElementsOf(RUNS);
  }

  @ParameterizedTest
  @CsvSource({"finished, finished", "resumed, finished", "failed, failed", "killed, running"})
  void theStateIsHowItEnded(String run, String state) {
    assertThat(sighting(run).state()).isEqualTo(state);
  }

  @Test
  void theLastFigureIsRead() {
    Map<String, LoggedValue> values = summary("finished").values();

    assertThat(values)
        .containsEntry("train/loss", new Finite(0.5))
        .containsEntry("progress/step", new Finite(4));
  }

  @Test
  void aResumedRunGoesOnWithItsSteps() {
    assertThat(summary("resumed").values())
        .containsEntry("_step", new Finite(7))
        .containsEntry("train/loss", new Finite(0.125));
  }

  @ParameterizedTest
  @CsvSource({"train/loss", "high", "low"})
  void whatIsNoNumberIsReadAsThat(String figure) {
    assertThat(summary("failed").values()).containsEntry(figure, new NotFinite());
  }

  @Test
  void aRunThatWasKilledIsReadUpToItsLastReport() {
    assertThat(summary("killed").values()).containsEntry("train/loss", new Finite(2));
  }

  @Test
  void theLastSignOfLifeIsFromNow() {
    assertThat(sighting("finished").heartbeatAt())
        .isBetween(began.minusSeconds(5), Instant.now().plusSeconds(5));
    assertThat(summary("finished").loggedAt())
        .isBetween(began.minusSeconds(5), Instant.now().plusSeconds(5));
  }

  private static WandbSighting sighting(String run) {
    List<WandbSighting> found = client.runs(server.entity(), PROJECT, List.of(run)).runs();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static Summary summary(String run) {
    return Objects.requireNonNull(sighting(run).summary());
  }
}
