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
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox's other tasks: each trains, resumes or evaluates for real. */
class KindsOfJobTest {
  private static final String BUCKET = "wrinklefree-checkpoints";
  private static final String GS = "gs://" + BUCKET + "/";

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

  @Test
  void aStageGoesOnFromWhatItIsGivenAndARecoveredOneFromItsOwn() throws Exception {
    String first = "checkpoints/smollm2_135m/stage1.9/first/";
    String second = "checkpoints/smollm2_135m/stage2/second/";
    run(
        "train",
        Map.of("STAGE", "1.9", "GCS_PREFIX", first),
        "training.max_steps=20",
        "training.save_interval=10");

    List<String> log =
        run(
            "train",
            Map.of("STAGE", "2", "GCS_PREFIX", second, "START_FROM", GS + first + "checkpoint-10/"),
            "training.max_steps=20",
            "training.save_interval=5");

    assertThat(log).anyMatch(line -> line.contains("Resuming from " + GS + first));
    assertThat(objects())
        .contains(second + "checkpoint-15/model.pt", second + "checkpoint-final/model.pt")
        .doesNotContain(second + "checkpoint-5/model.pt", second + "checkpoint-10/model.pt");
    List<String> again =
        run(
            "train",
            Map.of("STAGE", "2", "GCS_PREFIX", second, "START_FROM", GS + first + "checkpoint-10/"),
            "training.max_steps=30",
            "training.save_interval=30");
    assertThat(again).anyMatch(line -> line.contains("own " + second + "checkpoint-20"));
  }

  @Test
  void aCheckpointThatIsNotThereFailsTheJob() throws Exception {
    int job =
        launch(
            "dlm", Map.of("GCS_PREFIX", "dlm/x/", "RESUME_CHECKPOINT", GS + "nowhere/"), List.of());

    assertThat(calls.log(job)).anyMatch(line -> line.contains("nowhere/model.pt failed: HTTP 404"));
    assertThat(calls.status(job)).isEqualTo("FAILED");
  }

  @Test
  void aSmokeTestLeavesAFinalCheckpointWhichCanBeConvertedAndEvaluated() throws Exception {
    run("smoke", Map.of("GCS_PREFIX", "smoke/smollm2_135m/one/"));
    String checkpoint = GS + "smoke/smollm2_135m/one/checkpoint-final/";

    run(
        "dlm",
        Map.of("MODEL", "smollm2_135m", "GCS_PREFIX", "dlm/two/", "SOURCE_PATH", checkpoint),
        "training.max_steps=12");
    List<String> log = run("eval", Map.of("MODEL_PATH", checkpoint, "GCS_PREFIX", "eval/three/"));

    assertThat(objects())
        .contains(
            "smoke/smollm2_135m/one/checkpoint-5/training_state.pt",
            "dlm/two/checkpoint-final/model.pt",
            "eval/three/results.json");
    String results =
        log.stream().filter(line -> line.contains("perplexity")).findFirst().orElse("");
    JsonNode scores = new YAMLMapper().readTree(results.substring(results.indexOf('{')));
    assertThat(scores.path("step").intValue()).isEqualTo(10);
    assertThat(scores.path("loss").doubleValue()).isBetween(1.0, 3.6);
  }

  private List<String> run(String template, Map<String, String> variables, String... overrides)
      throws Exception {
    int job = launch(template, variables, List.of(overrides));
    List<String> log = calls.log(job);
    assertThat(calls.status(job)).as(String.join("\n", log)).isEqualTo("SUCCEEDED");
    return log;
  }

  private int launch(String template, Map<String, String> variables, List<String> overrides)
      throws Exception {
    YAMLMapper yaml = new YAMLMapper();
    ObjectNode task = (ObjectNode) yaml.readTree(Path.of("templates", template + ".yaml").toFile());
    ObjectNode envs = (ObjectNode) task.get("envs");
    if (!template.equals("eval")) {
      envs.put("MODEL", "smollm2_135m");
    }
    variables.forEach(envs::put);
    envs.put("OVERRIDE_COUNT", Integer.toString(overrides.size()));
    for (int i = 0; i < overrides.size(); i++) {
      envs.put("OVERRIDE_" + i, overrides.get(i));
    }
    return calls.launch(yaml.writeValueAsString(task));
  }

  private Set<String> objects() throws Exception {
    SkyPilotCalls store = new SkyPilotCalls(storage.endpoint());
    Set<String> names = new TreeSet<>();
    SkyPilotCalls.read(store.get("/storage/v1/b/" + BUCKET + "/o").body())
        .path("items")
        .forEach(object -> names.add(object.get("name").textValue()));
    return names;
  }
}
