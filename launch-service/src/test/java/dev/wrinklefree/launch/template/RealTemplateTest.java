package dev.wrinklefree.launch.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.Samples;
import dev.wrinklefree.launch.plan.LaunchPlanner;
import dev.wrinklefree.launch.validation.LaunchRequestValidator;
import dev.wrinklefree.launch.validation.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The template for real clouds, with its scripts run by bash and uv replaced by a witness. */
class RealTemplateTest {

  private static final Path DIRECTORY = Path.of("..", "deploy", "skypilot");

  private final Path home;
  private final ScriptedMachine machine;

  RealTemplateTest(@TempDir Path home) throws IOException {
    this.home = home;
    this.machine = new ScriptedMachine(home);
  }

  @Test
  void isUsableAndKeepsWhatARunNeeds() {
    JsonNode task = template().task();

    assertThat(task.path("workdir").path("ref").textValue()).matches("[0-9a-f]{40}");
    assertThat(task.path("resources").path("disk_size").intValue()).isEqualTo(200);
    assertThat(task.path("resources").path("disk_tier").textValue()).isEqualTo("best");
    assertThat(task.path("resources").path("job_recovery").isObject()).isTrue();
    assertThat(task.has("secrets")).isFalse();
    assertThat(task.path("setup").textValue() + task.path("run").textValue())
        .doesNotContainPattern("\\beval\\b");
    for (JsonNode value : task.path("envs")) {
      assertThat(value.isTextual()).isTrue();
    }
  }

  @Test
  void aLaunchedRunTrainsWithItsOwnPrefixAndItsArgumentsUnharmed() throws Exception {
    Path victim = home.resolve("victim");
    List<String> overrides =
        List.of("training.batch_size=4", "+note='$(touch " + victim + ") \"; exit 1 #'", "~a");
    JsonNode task = rendered(overrides);

    machine.run(task.path("setup").textValue(), ScriptedMachine.variables(task));
    List<List<String>> calls =
        machine.run(task.path("run").textValue(), ScriptedMachine.variables(task));

    assertThat(calls.get(calls.size() - 2))
        .startsWith("run", "--frozen", "--no-dev", "python", "scripts/train.py")
        .containsSubsequence(
            "model=qwen3_4b",
            "training=fairy2_w1",
            overrides.get(0),
            overrides.get(1),
            overrides.get(2),
            "gcs.enabled=true",
            "gcs.bucket=wrinklefree-checkpoints",
            "gcs.prefix=fairy2/qwen3_4b/my-run",
            "training.output_dir=" + home + "/fairy2-outputs/my-run",
            "training.logging.wandb.project=wrinklefree-fairy2",
            "WANDB_RUN_ID=my-run",
            "WANDB_MODE=offline");
    assertThat(victim).doesNotExist();
  }

  @Test
  void noValueOfARequestRunsAnything() throws Exception {
    Path victim = home.resolve("victim");
    String touch = "touch " + victim;
    List<String> tricks =
        List.of(
            "$(" + touch + ")",
            "`" + touch + "`",
            "'; " + touch + "; '",
            "\"; " + touch + "; \"",
            "x && " + touch,
            "x | " + touch,
            "a[$(" + touch + ")]",
            "${x:-$(" + touch + ")}",
            "$((a[$(" + touch + ")]))",
            "<(" + touch + ")",
            "!!python/object/apply:os.system ['" + touch + "']",
            "() { :; }; " + touch);
    List<String> overrides = tricks.stream().map(trick -> "note=" + trick).toList();
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < tricks.size(); i++) {
      environment.put("NOTE_" + i, tricks.get(i) + "\n" + touch + "\n");
    }
    JsonNode task = rendered(overrides, environment);

    machine.run(task.path("setup").textValue(), ScriptedMachine.variables(task));
    List<List<String>> calls =
        machine.run(task.path("run").textValue(), ScriptedMachine.variables(task));

    assertThat(calls.get(calls.size() - 2)).containsSubsequence(overrides);
    assertThat(ScriptedMachine.variables(task)).containsAllEntriesOf(environment);
    assertThat(victim).doesNotExist();
  }

  @Test
  void worksByItselfWithSkyLaunch() throws Exception {
    JsonNode task = template().task();
    Map<String, String> variables = ScriptedMachine.variables(task);
    variables.put("MODEL", "smollm2_135m");
    variables.put("MODE", "w2");
    variables.put("WANDB_API_KEY", "key");
    variables.put("SKYPILOT_TASK_ID", "sky-2026-11-23-10-00-00-123456_my cluster_1");

    List<List<String>> calls = machine.run(task.path("run").textValue(), variables);

    assertThat(calls.getFirst())
        .containsSubsequence(
            "model=smollm2_135m",
            "training=fairy2_w2",
            "gcs.prefix=fairy2/smollm2_135m/sky-2026-11-23-10-00-00-123456-my-cluster-1",
            "WANDB_RUN_ID=sky-2026-11-23-10-00-00-123456-my-cluster-1",
            "WANDB_MODE=");
  }

  private static TaskTemplate template() {
    return ((TemplateSearch.Found) Samples.library(DIRECTORY).find("fairy2_train")).template();
  }

  private static JsonNode rendered(List<String> overrides) throws IOException {
    return rendered(overrides, Map.of());
  }

  private static JsonNode rendered(List<String> overrides, Map<String, String> environment)
      throws IOException {
    var request = Samples.json("{\"model\":\"qwen3_4b\",\"mode\":\"w1\"}");
    overrides.forEach(request.putArray("overrides")::add);
    environment.forEach(request.putObject("environment")::put);
    Verdict verdict =
        new LaunchRequestValidator(Samples.catalog(), Samples.library(DIRECTORY)).validate(request);
    return TaskYaml.read(
        new LaunchPlanner(Samples.homes())
            .plan(new RunId("my-run"), ((Verdict.Valid) verdict).request(), null, Instant.EPOCH)
            .taskYaml());
  }
}
