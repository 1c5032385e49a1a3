package dev.wrinklefree.launch.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.Samples;
import dev.wrinklefree.launch.plan.LaunchPlan;
import dev.wrinklefree.launch.plan.LaunchPlanner;
import dev.wrinklefree.launch.validation.LaunchRequestValidator;
import dev.wrinklefree.launch.validation.Verdict;
import dev.wrinklefree.sandbox.skypilot.task.TaskReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All templates for real clouds and for the sandbox, rendered and their scripts run by bash. */
class RealKindsTest {

  private static final Path REAL = Path.of("..", "deploy", "skypilot");
  private static final Path SANDBOX = Path.of("..", "sandbox", "templates");
  private static final RunId RUN = new RunId("my-run");

  private static final Map<String, String> SMALLEST =
      Map.of(
          "fairy2_train", "{\"model\":\"smollm2_135m\"}",
          "train", "{\"model\":\"qwen3_4b\",\"parameters\":{\"stage\":\"2\"}}",
          "dlm", "{\"model\":\"qwen3_4b\",\"parameters\":{\"source\":\"hf://org/name\"}}",
          "smoke", "{}",
          "eval", "{\"parameters\":{\"modelPath\":\"gs://b/checkpoint\"}}");

  private final ScriptedMachine machine;

  RealKindsTest(@TempDir Path home) throws IOException {
    machine = new ScriptedMachine(home);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fairy2_train", "train", "dlm", "smoke", "eval"})
  void bothCollectionsHaveAllKinds(String kind) {
    assertThat(Samples.library(REAL).names())
        .containsExactlyInAnyOrderElementsOf(SMALLEST.keySet());
    assertThat(Samples.library(SANDBOX).names())
        .containsExactlyInAnyOrderElementsOf(SMALLEST.keySet());
    for (Path directory : List.of(REAL, SANDBOX)) {
      TaskTemplate template = template(directory, kind);
      assertThat(template.header().description()).isNotBlank();
      assertThat(template.header().prefix()).isNotNull();
      assertThat(template.task().path("setup").asText() + template.task().path("run").asText())
          .doesNotContainPattern("\\beval \\b");
    }
    TaskTemplate real = template(REAL, kind);
    assertThat(real.task().path("workdir").path("ref").textValue()).matches("[0-9a-f]{40}");
    assertThat(real.task().path("setup").textValue()).contains("PREFLIGHT");
    // The same request must be legal in the sandbox and outside.
    assertThat(template(SANDBOX, kind).header().parameters().stream().map(p -> p.name()).toList())
        .isSubsetOf(real.header().parameters().stream().map(p -> p.name()).toList());
    assertThat(template(SANDBOX, kind).friendlyName()).isEqualTo(real.friendlyName());
    assertThat(template(SANDBOX, kind).header().resume() == null)
        .isEqualTo(real.header().resume() == null);
  }

  @ParameterizedTest
  @CsvSource({
    "fairy2_train,fairy2/smollm2_135m/my-run/,wrinklefree-fairy2,1",
    "train,checkpoints/qwen3_4b/stage2/my-run/,wrinklefree,",
    "dlm,dlm/qwen3_4b/my-run/,wrinklefree-dlm,1",
    "smoke,checkpoints/smoke/smollm2_135m/my-run/,wrinklefree,1",
    "eval,eval/my-run/,wrinklefree-eval,1"
  })
  void aRunOfEachKindHasAHomeOfItsOwnAndSkyPilotTakesItsTask(
      String kind, String prefix, String project, @Nullable Integer used) {
    LaunchPlan plan = plan(REAL, kind, smallest(kind), null);

    LaunchAccepted accepted = plan.accepted();
    assertThat(accepted.checkpointPrefix()).isEqualTo(prefix);
    assertThat(accepted.wandb().project()).isEqualTo(project);
    assertThat(accepted.acceleratorsUsed()).isEqualTo(used);
    assertThat(accepted.accelerators()).isNotNull();
    assertThat(accepted.checkpoints() == null).isEqualTo(kind.equals("eval"));
    assertThatCode(() -> TaskReader.validate(plan.taskYaml())).doesNotThrowAnyException();
    LaunchPlan sandboxed = plan(SANDBOX, kind, smallest(kind), null);
    assertThat(TaskReader.read(sandboxed.taskYaml(), "x").jobName()).isEqualTo("my-run");
  }

  /** The file alone, as {@code sky launch} would send it. */
  @ParameterizedTest
  @ValueSource(strings = {"fairy2_train", "train", "dlm", "smoke", "eval"})
  void theFileAloneIsATaskForSkyPilot(String kind) {
    assertThatCode(() -> TaskReader.validate(TaskYaml.write(template(REAL, kind).task())))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "1,training=stage1_subln",
    "1.9,training=stage1_9_layerwise",
    "2,training=stage2_pretrain",
    "3,training=stage3_distill"
  })
  void aStageTrainsWithTheArgumentsOfTheRequestUnharmed(String stage, String training)
      throws Exception {
    Path victim = machine.home().resolve("victim");
    ObjectNode request = Samples.json("{\"model\":\"smollm2_135m\"}");
    request.putObject("parameters").put("stage", stage);
    List<String> overrides = List.of("a.b=$(touch " + victim + ")", "c.d='x y'; touch " + victim);
    overrides.forEach(request.putArray("overrides")::add);
    JsonNode task = TaskYaml.read(plan(REAL, "train", request, null).taskYaml());

    machine.run(task.path("setup").textValue(), ScriptedMachine.variables(task));
    List<List<String>> calls =
        machine.run(task.path("run").textValue(), ScriptedMachine.variables(task));

    assertThat(calls.get(calls.size() - 2))
        .startsWith("run", "--no-sync", "python", "scripts/train.py", "model=smollm2_135m")
        .containsSubsequence(
            training,
            overrides.get(0),
            overrides.get(1),
            "gcs.bucket=wrinklefree-checkpoints",
            "experiment_name=smollm2_135m/stage" + stage + "/my-run",
            "WANDB_RUN_ID=my-run");
    assertThat(victim).doesNotExist();
  }

  @Test
  void severalGpusGetAProcessEach() throws Exception {
    JsonNode task = TaskYaml.read(plan(REAL, "train", smallest("train"), null).taskYaml());
    Map<String, String> variables = ScriptedMachine.variables(task);
    variables.put("SKYPILOT_NUM_GPUS_PER_NODE", "4");

    List<List<String>> calls = machine.run(task.path("run").textValue(), variables);

    assertThat(calls.get(calls.size() - 2))
        .startsWith("run", "--no-sync", "torchrun", "--standalone", "--nproc-per-node", "4")
        .contains("distributed=fsdp_multi");
  }

  @Test
  void onlyStageTwoResumes() throws Exception {
    ObjectNode request = Samples.json("{\"model\":\"qwen3_4b\",\"parameters\":{\"stage\":\"3\"}}");
    JsonNode task = TaskYaml.read(plan(REAL, "train", request, "gs://b/final/").taskYaml());

    assertThat(task.path("envs").path("RESUME_CHECKPOINT").textValue())
        .isEqualTo("gs://b/final/checkpoint.pt");
    assertThat(machine.exitCode(task.path("run").textValue(), ScriptedMachine.variables(task)))
        .isEqualTo(1);
    assertThat(machine.log()).contains("Only stage 2 goes on from a checkpoint of its own");
  }

  @Test
  void theConverterWritesBelowTheRunsOwnPrefix() throws Exception {
    JsonNode task = TaskYaml.read(plan(REAL, "dlm", smallest("dlm"), null).taskYaml());

    machine.run(task.path("setup").textValue(), ScriptedMachine.variables(task));
    List<List<String>> calls =
        machine.run(task.path("run").textValue(), ScriptedMachine.variables(task));

    assertThat(calls.get(calls.size() - 2))
        .startsWith("run", "--no-sync", "python", "scripts/train_dlm.py", "model=qwen3_4b")
        .contains("source.path=" + machine.home() + "/dlm-outputs/my-run/source")
        .contains("GCS_BUCKET=wrinklefree-checkpoints/dlm/qwen3_4b/my-run");
  }

  @Test
  void aModelPathStaysOneArgumentOfTheEvaluation() throws Exception {
    ObjectNode request =
        Samples.json(
            "{\"parameters\":{\"modelPath\":\"gs://b/x; touch y\",\"benchmark\":\"glue\"}}");
    JsonNode task = TaskYaml.read(plan(REAL, "eval", request, null).taskYaml());

    machine.run(task.path("setup").textValue(), ScriptedMachine.variables(task));
    List<List<String>> calls =
        machine.run(task.path("run").textValue(), ScriptedMachine.variables(task));

    assertThat(task.path("envs").path("MODEL_PATH").textValue()).isEqualTo("gs://b/x; touch y");
    assertThat(calls.get(calls.size() - 2))
        .startsWith("run", "--no-sync", "python", "scripts/run_eval.py")
        .contains("--benchmark=glue", "--dtype=bfloat16", "--batch-size=auto");
    assertThat(machine.home().resolve("y")).doesNotExist();
  }

  private static ObjectNode smallest(String kind) {
    return Samples.json(SMALLEST.getOrDefault(kind, "{}"));
  }

  private static TaskTemplate template(Path directory, String kind) {
    TemplateSearch search = Samples.library(directory).find(kind);
    assertThat(search).isInstanceOf(TemplateSearch.Found.class);
    return ((TemplateSearch.Found) search).template();
  }

  private static LaunchPlan plan(
      Path directory, String kind, ObjectNode request, @Nullable String resumedFrom) {
    Verdict verdict =
        new LaunchRequestValidator(Samples.catalog(), Samples.library(directory))
            .validate(request.put("template", kind));
    assertThat(verdict).isInstanceOf(Verdict.Valid.class);
    return new LaunchPlanner(Samples.homes())
        .plan(RUN, ((Verdict.Valid) verdict).request(), resumedFrom, Instant.EPOCH);
  }
}
