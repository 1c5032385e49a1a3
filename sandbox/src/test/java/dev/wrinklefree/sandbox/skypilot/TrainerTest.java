package dev.wrinklefree.sandbox.skypilot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.wrinklefree.sandbox.gcs.StorageServer;
import dev.wrinklefree.sandbox.gcs.StorageServerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The task template with its trainer, run as launch-service has it run. */
class TrainerTest {
  private static final String BUCKET = "wrinklefree-checkpoints";
  private static final Pattern LOSS = Pattern.compile("step (\\d+)/\\d+ \\| loss ([0-9.]+) .*");

  private StorageServer storage;
  private SkyPilotServer server;
  private SkyPilotCalls calls;

  @BeforeEach
  void start(@TempDir Path state) throws IOException {
    storage = StorageServer.start(StorageServerSettings.temporary());
    storage.createBucket(BUCKET);
    server =
        new SkyPilotServer(
                SkyPilotCalls.quick(state)
                    .withSecret("WANDB_API_KEY", "unused")
                    .withJobVariable(
                        "SANDBOX_TRAINER", Path.of("trainer").toAbsolutePath().toString())
                    .withJobVariable("SANDBOX_STEP_SECONDS", "0")
                    .withJobVariable("STORAGE_EMULATOR_HOST", storage.endpoint().toString()))
            .start();
    calls = new SkyPilotCalls(server);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    storage.close();
  }

  @ParameterizedTest
  @CsvSource({"smollm2_135m, w2", "qwen3_4b, w1"})
  void lossFallsAndCheckpointsArrive(String model, String mode) throws Exception {
    int job =
        launch(
            model,
            mode,
            "training.max_steps=120",
            "training.save_interval=50",
            "training.log_interval=20");

    List<String> log = calls.log(job);

    assertThat(calls.status(job)).as(String.join("\n", log)).isEqualTo("SUCCEEDED");
    List<Double> losses =
        log.stream()
            .map(LOSS::matcher)
            .filter(Matcher::find)
            .map(match -> Double.parseDouble(match.group(2)))
            .toList();
    assertThat(losses).hasSize(6);
    // Guessing evenly among the corpus's characters costs about 3.4 nats.
    assertThat(losses.getFirst()).isGreaterThan(3.2);
    assertThat(losses.getLast()).isLessThan(3.0);
    String prefix = "fairy2/" + model + "/run-1/";
    assertThat(objects().keySet())
        .containsExactly(
            prefix + "checkpoint-100/model.pt",
            prefix + "checkpoint-100/training_state.pt",
            prefix + "checkpoint-50/model.pt",
            prefix + "checkpoint-50/training_state.pt",
            prefix + "checkpoint-final/model.pt",
            prefix + "checkpoint-final/training_state.pt");
    assertThat(objects().values()).allMatch(size -> size > 10_000 && size < 300_000);
  }

  @Test
  void aPassingFailureOfTheStoreIsTriedAgain() throws Exception {
    storage.refuseNext(2, 503);

    int job = launch("smollm2_135m", "w2", "training.max_steps=2");

    assertThat(calls.log(job)).anyMatch(line -> line.contains("attempt 2 of 4"));
    assertThat(calls.status(job)).isEqualTo("SUCCEEDED");
    assertThat(objects()).hasSize(2);
  }

  @Test
  void anUploadThatCannotSucceedFailsTheJob() throws Exception {
    storage.refuseNext(1_000, 403);

    int job = launch("smollm2_135m", "w2", "training.max_steps=2");

    assertThat(calls.log(job))
        .anyMatch(line -> line.contains("checkpoint-final/model.pt failed: HTTP 403"));
    assertThat(calls.status(job)).isEqualTo("FAILED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "training.total_tokens=5",
        "training.max_steps=many",
        "--dry-run",
        "training.max_steps=0",
        "a b=$(id)"
      })
  void anOverrideThatHydraRefusesFailsTheJob(String override) throws Exception {
    int job = launch("smollm2_135m", "w2", "training.max_steps=2", override);

    List<String> log = calls.log(job);

    assertThat(calls.status(job)).isEqualTo("FAILED");
    assertThat(log)
        .anyMatch(
            line ->
                line.contains("Could not override")
                    || line.contains("could not be converted")
                    || line.contains("Error parsing override")
                    || line.contains("must be at least 1"));
    assertThat(objects()).isEmpty();
  }

  @Test
  void noOverrideMovesTheCheckpoints() throws Exception {
    int job =
        launch("smollm2_135m", "w2", "training.max_steps=2", "gcs.prefix=elsewhere", "+free=1");

    calls.awaitStatus(job, "SUCCEEDED");

    assertThat(objects().keySet()).allMatch(name -> name.startsWith("fairy2/smollm2_135m/run-1/"));
  }

  /** Sizes of the objects in the bucket, by name. */
  private Map<String, Integer> objects() throws Exception {
    SkyPilotCalls store = new SkyPilotCalls(storage.endpoint());
    JsonNode list =
        SkyPilotCalls.read(store.get("/storage/v1/b/" + BUCKET + "/o").body()).path("items");
    Map<String, Integer> sizes = new TreeMap<>();
    for (JsonNode object : list) {
      sizes.put(object.get("name").textValue(), Integer.parseInt(object.get("size").textValue()));
    }
    return sizes;
  }

  private int launch(String model, String mode, String... overrides) throws Exception {
    YAMLMapper yaml = new YAMLMapper();
    ObjectNode task = (ObjectNode) yaml.readTree(Path.of("templates/fairy2_train.yaml").toFile());
    ObjectNode envs = (ObjectNode) task.get("envs");
    envs.put("MODEL", model).put("MODE", mode);
    envs.put("GCS_PREFIX", "fairy2/" + model + "/run-1/");
    envs.put("OVERRIDE_COUNT", Integer.toString(overrides.length));
    for (int i = 0; i < overrides.length; i++) {
      envs.put("OVERRIDE_" + i, overrides[i]);
    }
    return calls.launch(yaml.writeValueAsString(task));
  }
}
