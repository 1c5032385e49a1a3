package dev.wrinklefree.sandbox.wandb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.sandbox.gcs.StorageServer;
import dev.wrinklefree.sandbox.gcs.StorageServerSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sandbox's trainer as a process, between a store and W&amp;B. */
class TrainerReportTest {

  private static final String BUCKET = "wrinklefree-checkpoints";
  private static final String RUN = "run-1";

  private final Map<String, String> environment = new TreeMap<>();
  private WandbServer wandb;
  private WandbCalls calls;
  private StorageServer storage;

  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void start() throws IOException {
    wandb = WandbServer.start(0);
    calls = new WandbCalls(wandb);
    storage = StorageServer.start(StorageServerSettings.temporary());
    storage.createBucket(BUCKET);
    environment.putAll(
        Map.of(
            "WANDB_BASE_URL",
            wandb.endpoint().toString(),
            "WANDB_API_KEY",
            wandb.apiKey(),
            "WANDB_PROJECT",
            WandbCalls.PROJECT,
            "WANDB_RUN_ID",
            RUN,
            "WANDB_RESUME",
            "allow",
            "WANDB_NAME",
            "wf-fairy2-train",
            "WANDB_X_FILE_STREAM_TRANSMIT_INTERVAL",
            "0.05",
            "STORAGE_EMULATOR_HOST",
            storage.endpoint().toString(),
            "SANDBOX_STEP_SECONDS",
            "0",
            "GCS_BUCKET",
            BUCKET));
    environment.put("GCS_PREFIX", "runs/run-1/");
  }

  @AfterEach
  void stop() throws IOException {
    storage.close();
    calls.close();
    wandb.close();
  }

  @Test
  void shouldReportWhatItMeasuresUnderTheNamesOfTheRealTrainer() throws Exception {
    assertThat(train("training.max_steps=60", "training.log_interval=20")).isZero();

    assertThat(calls.field(RUN, "state").textValue()).isEqualTo("finished");
    assertThat(calls.field(RUN, "displayName").textValue()).isEqualTo("wf-fairy2-train");
    ObjectNode summary = ExtendedJson.object(calls.field(RUN, "summaryMetrics").textValue());
    assertThat(summary.path("progress/step").intValue()).isEqualTo(60);
    assertThat(summary.path("progress/tokens").intValue()).isEqualTo(480);
    assertThat(summary.path("progress/percent_complete").doubleValue()).isEqualTo(100);
    assertThat(summary.path("train/loss").doubleValue()).isBetween(2.0, 4.0);
    assertThat(summary.path("train/perplexity").doubleValue())
        .isEqualTo(Math.exp(summary.path("train/loss").doubleValue()));
    assertThat(summary.path("train/grad_norm").doubleValue()).isPositive();
    assertThat(summary.path("throughput/tokens_per_sec").doubleValue()).isPositive();
    assertThat(summary.has("train/lr")).isTrue();
    assertThat(calls.field(RUN, "historyLineCount").intValue()).isEqualTo(3);
    assertThat(ExtendedJson.object(calls.field(RUN, "config").textValue()).at("/seed/value"))
        .hasToString("42");
  }

  @Test
  void shouldGoOnWithTheRunAfterARecoveryAndIgnoreStepsThatWerePassedAsTheSdkDoes()
      throws Exception {
    assertThat(train("training.max_steps=40", "training.log_interval=20")).isZero();
    assertThat(train("training.max_steps=60", "training.log_interval=20")).isZero();

    assertThat(log()).anyMatch(line -> line.contains("step 20 is less than the current step 41"));
    assertThat(
            calls
                .field(RUN, "history")
                .valueStream()
                .map(row -> ExtendedJson.object(row.textValue()).path("_step").intValue()))
        .containsExactly(20, 40, 60);
  }

  @Test
  void shouldLetALossThatIsNoNumberBeSeen() throws Exception {
    assertThat(train("training.max_steps=4", "training.log_interval=2", "sandbox.nan_at_step=3"))
        .isZero();

    String summary = calls.field(RUN, "summaryMetrics").textValue();
    assertThat(summary).contains("\"train/loss\": NaN");
    assertThat(calls.field(RUN, "history").get(0).textValue()).doesNotContain("NaN");
  }

  @Test
  void shouldTrainOnWhileWandbCannotBeReached() throws Exception {
    wandb.disturbStreams(2, new WandbFault.Refused(503));

    assertThat(train("training.max_steps=4", "training.log_interval=2")).isZero();

    assertThat(log()).contains("W&B: HTTP 503", "Training complete");
    assertThat(calls.field(RUN, "state").textValue()).isEqualTo("finished");
    assertThat(calls.field(RUN, "historyLineCount").intValue()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          WANDB_API_KEY  |           | W&B is off: WANDB_API_KEY is not set
          WANDB_API_KEY  | wrong     | W&B is off: HTTP 401
          WANDB_MODE     | disabled  | W&B is off: WANDB_MODE=disabled
          WANDB_BASE_URL | nonsense  | W&B is off: unknown url type: 'nonsense/graphql'
          """)
  void shouldSayWhyNothingIsReported(String variable, @Nullable String value, String line)
      throws Exception {
    environment.put(variable, value == null ? "" : value);

    assertThat(train("training.max_steps=2")).isZero();

    assertThat(log()).contains(line);
  }

  @Test
  void shouldTellAFailureByTheExitCode() throws Exception {
    storage.refuseNext(1_000, 403);

    assertThat(train("training.max_steps=2")).isEqualTo(1);

    assertThat(calls.field(RUN, "state").textValue()).isEqualTo("failed");
  }

  @Test
  void shouldStayAliveWithoutProgressWhereItIsToldToStall() throws Exception {
    environment.put("SANDBOX_WANDB_HEARTBEAT_SECONDS", "0.1");
    Process process = process("training.log_interval=2", "sandbox.stall_at_step=3");
    try {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> calls.field(RUN, "historyLineCount").intValue() == 1);
      String first = calls.field(RUN, "heartbeatAt").textValue();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> !calls.field(RUN, "heartbeatAt").textValue().equals(first));

      assertThat(process.isAlive()).isTrue();
      assertThat(calls.field(RUN, "historyLineCount").intValue()).isEqualTo(1);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void shouldGoOnFromTheCheckpointThatItIsGivenAsIfNothingHadHappened() throws Exception {
    assertThat(train("training.max_steps=30", "training.save_interval=20")).isZero();
    String uri = "gs://" + BUCKET + "/runs/run-1/checkpoint-20/";

    environment.put("GCS_PREFIX", "runs/run-2/");
    environment.put("WANDB_RUN_ID", "run-2");
    assertThat(train("training.max_steps=30", "resume.enabled=true", "resume.from=" + uri))
        .isZero();

    assertThat(log()).contains("Resuming from " + uri);
    assertThat(objects()).contains("runs/run-2/checkpoint-final/model.pt");
    assertThat(lastLoss("run-2")).isCloseTo(lastLoss(RUN), offset(1e-4));
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.invalid/x, resume.from must be gs://bucket/directory/",
    "gs://wrinklefree-checkpoints/none/, Download of none/model.pt failed: HTTP 404",
    "gs://wrinklefree-checkpoints/text/, text cannot be resumed from"
  })
  void shouldFailWhereItCannotGoOn(String uri, String message) throws Exception {
    byte[] text = "a text of no layout at all".getBytes(StandardCharsets.UTF_8);
    storage.put(BUCKET, "text/model.pt", text);
    storage.put(BUCKET, "text/training_state.pt", text);

    assertThat(train("resume.enabled=true", "resume.from=" + uri)).isEqualTo(1);

    assertThat(log()).anyMatch(line -> line.contains(message));
    assertThat(calls.field(RUN, "state").textValue()).isEqualTo("failed");
  }

  @Test
  void shouldLeaveOutWhatItIsToldToLeaveOut() throws Exception {
    assertThat(
            train(
                "training.max_steps=2",
                "training.save_interval=1",
                "sandbox.tear_checkpoint_at_step=1",
                "sandbox.final_checkpoint=false"))
        .isZero();

    assertThat(objects())
        .containsExactly(
            "runs/run-1/checkpoint-1/model.pt",
            "runs/run-1/checkpoint-2/model.pt",
            "runs/run-1/checkpoint-2/training_state.pt");
  }

  /** Over the steps from 26 to 30. */
  private double lastLoss(String run) throws Exception {
    return ExtendedJson.object(calls.field(run, "summaryMetrics").textValue())
        .path("train/loss")
        .doubleValue();
  }

  private List<String> objects() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI list = URI.create(storage.endpoint() + "/storage/v1/b/" + BUCKET + "/o");
      String body = http.send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofString()).body();
      return ExtendedJson.MAPPER
          .readTree(body)
          .path("items")
          .valueStream()
          .map(item -> item.get("name").textValue())
          .toList();
    }
  }

  private int train(String... arguments) throws Exception {
    return ended(process(arguments));
  }

  private int ended(Process process) throws Exception {
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended in time").isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private List<String> log() throws IOException {
    return Files.readAllLines(directory.resolve("log"));
  }

  private Process process(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("python3", "-B", "trainer/train.py"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("WANDB_"));
    builder.environment().putAll(environment);
    return builder.start();
  }
}
