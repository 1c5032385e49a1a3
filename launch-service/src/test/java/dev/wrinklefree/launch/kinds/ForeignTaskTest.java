package dev.wrinklefree.launch.kinds;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.CheckpointLayout;
import dev.wrinklefree.contract.value.CloudCandidate;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.Violation;
import dev.wrinklefree.launch.Samples;
import dev.wrinklefree.launch.intake.Answer;
import dev.wrinklefree.launch.intake.AnswerDecider;
import dev.wrinklefree.launch.intake.LaunchAttempt;
import dev.wrinklefree.launch.plan.LaunchPlan;
import dev.wrinklefree.launch.plan.LaunchPlanner;
import dev.wrinklefree.launch.resume.NoCheckpoints;
import dev.wrinklefree.launch.resume.ResumeResolver;
import dev.wrinklefree.launch.run.RequestOrigin;
import dev.wrinklefree.launch.validation.LaunchRequestValidator;
import dev.wrinklefree.launch.validation.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Any SkyPilot task, brought by the request itself. */
class ForeignTaskTest {

  private static final RunId RUN = new RunId("my-run");

  private static final String TASK =
      """
      name: bench
      resources:
        cpus: 8+
        labels: {team: theirs}
        any_of:
          - {infra: gcp/us-central1, accelerators: "L4:1", use_spot: true}
          - {infra: aws, accelerators: "T4:1"}
      envs: {MODEL: theirs, WANDB_PROJECT: bench, ROUNDS: 3}
      secrets: {HF_TOKEN: null}
      api_server_access: true
      _metadata: {git_commit: abc, wrinklefree_run_id: forged}
      run: python bench.py
      """;

  private final Path directory;

  ForeignTaskTest(@TempDir Path directory) {
    this.directory = Samples.templates(directory);
  }

  @Test
  void itKeepsItsOwnAndGetsWhatThePlatformVouchesFor() throws IOException {
    ObjectNode request =
        Samples.json("{\"labels\":{\"team\":\"q\"},\"secrets\":[\"WANDB_API_KEY\"]}");
    request.putObject("environment").put("ROUNDS", "5").put("MODEL", "tiny");

    LaunchPlan plan = accepted(request.put("task", TASK));

    LaunchAccepted run = plan.accepted();
    assertThat(run.template()).isEqualTo("task");
    assertThat(run.name()).isEqualTo("bench");
    assertThat(run.model()).isNull();
    assertThat(run.accelerators()).isNull();
    assertThat(run.clouds())
        .containsExactly(new CloudCandidate("gcp", "us-central1"), new CloudCandidate("aws", null));
    assertThat(run.checkpointPrefix()).isEqualTo("task/my-run/");
    assertThat(run.checkpoints()).isNull();
    assertThat(run.metrics()).isNull();
    assertThat(run.wandb().project()).isEqualTo("bench");
    JsonNode task = new YAMLMapper().readTree(plan.taskYaml());
    assertThat(task.path("name").textValue()).isEqualTo("my-run");
    assertThat(task.path("resources").toString())
        .isEqualTo(
            """
            {"cpus":"8+","labels":{"team":"q","wrinklefree-run-id":"my-run"},"any_of":[\
            {"infra":"gcp/us-central1","accelerators":"L4:1","use_spot":true},\
            {"infra":"aws","accelerators":"T4:1"}]}""");
    assertThat(task.path("envs").path("MODEL").textValue()).isEqualTo("tiny");
    assertThat(task.path("envs").path("ROUNDS").textValue()).isEqualTo("5");
    assertThat(task.path("envs").path("RUN_ID").textValue()).isEqualTo("my-run");
    assertThat(task.path("envs").path("WANDB_RUN_ID").textValue()).isEqualTo("my-run");
    assertThat(task.path("secrets").toString())
        .isEqualTo("{\"HF_TOKEN\":null,\"WANDB_API_KEY\":null}");
    assertThat(task.path("_metadata").toString()).isEqualTo("{\"wrinklefree_run_id\":\"my-run\"}");
    assertThat(task.path("api_server_access").booleanValue()).isFalse();
  }

  @Test
  void cloudsOfTheRequestMultiplyWithItsOwnMachines() throws IOException {
    ObjectNode request = Samples.json("{\"clouds\":[{\"cloud\":\"nebius\"},{\"cloud\":\"gcp\"}]}");

    LaunchPlan plan = accepted(request.put("task", TASK));

    assertThat(plan.accepted().clouds())
        .extracting(CloudCandidate::cloud)
        .containsExactly("nebius", "gcp");
    assertThat(
            new YAMLMapper().readTree(plan.taskYaml()).path("resources").path("ordered").toString())
        .isEqualTo(
            """
            [{"infra":"nebius","accelerators":"L4:1","use_spot":true},\
            {"infra":"nebius","accelerators":"T4:1"},\
            {"infra":"gcp","accelerators":"L4:1","use_spot":true},\
            {"infra":"gcp","accelerators":"T4:1"}]""");
  }

  @Test
  void aScaleOfTheRequestReplacesItsAcceleratorsAndNotItsPlaces() throws IOException {
    LaunchPlan plan = accepted(Samples.json("{\"scale\":\"medium\"}").put("task", TASK));

    assertThat(plan.accepted().accelerators()).isEqualTo(new Accelerators("H100", 2));
    assertThat(
            new YAMLMapper().readTree(plan.taskYaml()).path("resources").path("any_of").toString())
        .isEqualTo("[{\"infra\":\"gcp/us-central1\",\"use_spot\":true},{\"infra\":\"aws\"}]");
  }

  /** What {@code wf launch} does with a template's own file. */
  @Test
  void aTemplatesFileAsATaskIsWatchedAsItsHeaderSays() throws IOException {
    String file = Files.readString(Path.of("..", "deploy", "skypilot", "dlm.yaml"));
    ObjectNode request = Samples.json("{\"environment\":{\"MODEL\":\"qwen3_4b\"}}");

    LaunchPlan plan = accepted(request.put("task", file));

    assertThat(plan.accepted().name()).isEqualTo("wf-dlm-train");
    assertThat(plan.accepted().accelerators()).isEqualTo(new Accelerators("H100", 1));
    assertThat(requireNonNull(plan.accepted().checkpoints()).patterns())
        .extracting(CheckpointLayout.Pattern::last)
        .containsExactly(true, false);
    assertThat(plan.accepted().acceleratorsUsed()).isEqualTo(1);
    assertThat(new YAMLMapper().readTree(plan.taskYaml()).path("envs").path("MODEL").textValue())
        .isEqualTo("qwen3_4b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "run: x\\nworkdir: .|task|bad-task",
        "run: x\\nfile_mounts: {/a: ~/b}|task|bad-task",
        "setup: x|task|bad-task",
        "run: x\\n---\\nrun: y|task|bad-task",
        "run: &a x\\nsetup: *a|task|bad-task",
        "run: x\\nevent_callback: rm -rf /|task|bad-task",
        "run: x\\nconfig: {kubernetes: {}}|task|bad-task",
        "run: x\\nservice: {}|task|bad-task",
        "run: x\\nsecrets: {HF_TOKEN: abc}|task.secrets.HF_TOKEN|secret-in-value",
        "run: x\\nsecrets: {OTHER: null}|task.secrets.OTHER|unknown-secret",
        "run: x\\nenvs: {AWS_SECRET_ACCESS_KEY: abc}|task.envs.AWS_SECRET_ACCESS_KEY|secret-in-environment",
        "run: \"a\\0b\"|task.run|bad-character",
        "name: \"-bad\"\\nrun: x|task.name|bad-format",
        "run: x\\n_metadata: {wrinklefree: {acceleratorsUsed: 0}}|task|bad-task"
      })
  void isHeldToTheRulesOfATemplate(String task, String field, String code) {
    assertRejected(Samples.json("{}").put("task", task.replace("\\n", "\n")), field, code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"template\":\"fairy2_train\"}|task|exclusive-fields",
        "{\"model\":\"smollm2_135m\"}|model|unsupported-field",
        "{\"mode\":\"w2\"}|mode|unsupported-field",
        "{\"resume\":\"latest\"}|resume|resume-unsupported",
        "{\"parameters\":{\"stage\":\"2\"}}|parameters.stage|unknown-parameter",
        "{\"environment\":{\"RUN_ID\":\"x\"}}|environment.RUN_ID|reserved-environment-name",
        "{\"environment\":{\"GCS_PREFIX\":\"x\"}}|environment.GCS_PREFIX|reserved-environment-name"
      })
  void hasNoneOfATemplatesFields(String request, String field, String code) {
    assertRejected(Samples.json(request).put("task", "run: x\n"), field, code);
  }

  @Test
  void anOperatorMayLaunchTemplatesOnly() {
    Verdict verdict =
        new LaunchRequestValidator(Samples.catalogOfTemplatesOnly(), Samples.library(directory))
            .validate(Samples.json("{\"scale\":\"dev\"}").put("task", "run: x\n"));

    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Invalid.class,
            invalid ->
                assertThat(invalid.violations())
                    .extracting(Violation::field, Violation::code)
                    .containsExactly(tuple("task", "unsupported-field")));
  }

  @Test
  void itsSizeIsLimited() {
    assertRejected(
        Samples.json("{}").put("task", "run: x\n#" + "ü".repeat(33_000)), "task", "bad-length");
  }

  @Test
  void aSecretDeepInALongScriptIsFound() {
    String secret = "hf" + "_abcdefghijklmnopqrstuvwxyzABCDEFGH";
    assertRejected(
        Samples.json("{}")
            .put("task", "run: |\n" + "  echo working\n".repeat(3_000) + "  export T=" + secret),
        "task",
        "secret-in-value");
  }

  private void assertRejected(ObjectNode request, String field, String code) {
    assertThat(decide(request))
        .isInstanceOfSatisfying(
            Answer.Reject.class,
            reject ->
                assertThat(reject.violations())
                    .extracting(Violation::field, Violation::code)
                    .contains(tuple(field, code)));
  }

  private LaunchPlan accepted(ObjectNode request) {
    Answer answer = decide(request);
    assertThat(answer).isInstanceOf(Answer.Accept.class);
    return ((Answer.Accept) answer).plan();
  }

  private Answer decide(ObjectNode request) {
    RequestOrigin origin = new RequestOrigin("/test", "e-1", "e-1", null, Instant.EPOCH);
    return new AnswerDecider(
            new LaunchRequestValidator(Samples.catalog(), Samples.library(directory)),
            new LaunchPlanner(Samples.homes()),
            new ResumeResolver(new NoCheckpoints()))
        .decide(LaunchAttempt.of(RUN, origin, request, false), null);
  }
}
