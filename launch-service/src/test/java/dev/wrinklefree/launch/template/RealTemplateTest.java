package dev.wrinklefree.launch.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.Samples;
import dev.wrinklefree.launch.plan.LaunchPlanner;
import dev.wrinklefree.launch.validation.LaunchRequestValidator;
import dev.wrinklefree.launch.validation.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The template for real clouds, with its scripts run by bash and uv replaced by a witness. */
class RealTemplateTest {

  private static final Path DIRECTORY = Path.of("..", "deploy", "skypilot");

  /** Writes down its arguments, each ended by NUL, and drains a program given on standard input. */
  private static final String WITNESS =
      """
      #!/bin/sh
      printf '%s\\0' "$@" "WANDB_RUN_ID=$WANDB_RUN_ID" "WANDB_MODE=${WANDB_MODE:-}" >> "$HOME/calls"
      printf '%s\\0' END >> "$HOME/calls"
      case "$*" in *" -") cat > /dev/null ;; esac
      """;

  private final Path home;

  RealTemplateTest(@TempDir Path home) {
    this.home = home;
  }

  @BeforeEach
  void prepareTheMachine() throws IOException {
    Files.createDirectories(home.resolve("sky_workdir/packages/fairy2"));
    Path bin = Files.createDirectories(home.resolve(".local/bin"));
    for (String tool : List.of("uv", "nvidia-smi")) {
      Files.writeString(bin.resolve(tool), WITNESS);
      Files.setPosixFilePermissions(
          bin.resolve(tool), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
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

    run(task.path("setup").textValue(), variables(task));
    List<List<String>> calls = run(task.path("run").textValue(), variables(task));

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

    run(task.path("setup").textValue(), variables(task));
    List<List<String>> calls = run(task.path("run").textValue(), variables(task));

    assertThat(calls.get(calls.size() - 2)).containsSubsequence(overrides);
    assertThat(variables(task)).containsAllEntriesOf(environment);
    assertThat(victim).doesNotExist();
  }

  @Test
  void worksByItselfWithSkyLaunch() throws Exception {
    JsonNode task = template().task();
    Map<String, String> variables = variables(task);
    variables.put("MODEL", "smollm2_135m");
    variables.put("MODE", "w2");
    variables.put("WANDB_API_KEY", "key");
    variables.put("SKYPILOT_TASK_ID", "sky-2026-11-23-10-00-00-123456_my cluster_1");

    List<List<String>> calls = run(task.path("run").textValue(), variables);

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

  private static Map<String, String> variables(JsonNode task) {
    Map<String, String> variables = new HashMap<>();
    task.path("envs")
        .properties()
        .forEach(env -> variables.put(env.getKey(), env.getValue().textValue()));
    return variables;
  }

  /** Runs a script as SkyPilot does, and returns the calls of the witness. */
  private List<List<String>> run(String script, Map<String, String> variables)
      throws IOException, InterruptedException {
    Path file = Files.writeString(home.resolve("script.sh"), script);
    ProcessBuilder bash = new ProcessBuilder("bash", file.toString()).directory(home.toFile());
    bash.environment().clear();
    bash.environment().putAll(variables);
    bash.environment().put("HOME", home.toString());
    bash.environment().put("PATH", "/usr/bin:/bin");
    bash.redirectErrorStream(true).redirectOutput(home.resolve("log").toFile());
    Process process = bash.start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(home.resolve("log"))).isZero();
    List<List<String>> calls = new ArrayList<>();
    List<String> call = new ArrayList<>();
    for (String word : Files.readString(home.resolve("calls")).split("\0", -1)) {
      if (word.equals("END")) {
        calls.add(List.copyOf(call));
        call.clear();
      } else {
        call.add(word);
      }
    }
    return calls;
  }
}
