package dev.wrinklefree.launch.kinds;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.CheckpointLayout;
import dev.wrinklefree.contract.value.CloudCandidate;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.Violation;
import dev.wrinklefree.contract.value.WandbRun;
import dev.wrinklefree.launch.Samples;
import dev.wrinklefree.launch.intake.Answer;
import dev.wrinklefree.launch.intake.AnswerDecider;
import dev.wrinklefree.launch.intake.LaunchAttempt;
import dev.wrinklefree.launch.plan.LaunchPlan;
import dev.wrinklefree.launch.plan.LaunchPlanner;
import dev.wrinklefree.launch.resume.KnownCheckpoints;
import dev.wrinklefree.launch.resume.Likeness;
import dev.wrinklefree.launch.resume.ResumeResolver;
import dev.wrinklefree.launch.run.RequestOrigin;
import dev.wrinklefree.launch.validation.LaunchRequestValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that is put into the directory of templates is a kind of job: no code knows it. */
class NewKindOfJobTest {

  private static final RunId RUN = new RunId("my-run");

  private static final String PRUNE =
      """
      name: wf-prune
      resources: {accelerators: L40S:2, any_of: [{infra: gcp/us-central1}, {infra: aws}]}
      envs: {SPARSITY: "0.1", SCHEDULE: linear}
      run: echo prune
      _metadata:
        wrinklefree:
          description: Removes weights.
          model: {choices: any, required: false}
          mode: none
          parameters:
            sparsity: {type: number, required: true}
            schedule: {type: choice, choices: [linear, cosine], default: cosine}
            rounds: {type: integer}
            teacher: {type: string, pattern: "hf://.+", env: TEACHER_MODEL}
            dry: {type: boolean}
          overrides: {reserved: ["out.*"]}
          checkpoints:
            prefix: prune/{schedule}/{runId}/
            layout: [{path: "round-{step}.pt"}, {path: pruned.pt, last: true}]
          wandb: {project: wrinklefree-prune, metrics: {step: round, loss: eval/loss}}
          resume: {env: START_FROM}
          acceleratorsUsed: 1
      """;

  private final Path directory;
  private final KnownCheckpoints checkpoints = new KnownCheckpoints();

  NewKindOfJobTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeEach
  void putTheFileThere() throws IOException {
    Files.writeString(directory.resolve("prune.yaml"), PRUNE);
  }

  @Test
  void itIsLaunchedAsItsHeaderSays() throws IOException {
    LaunchPlan plan =
        accepted(
            """
            {"template":"prune","parameters":{"sparsity":"0.5","teacher":"hf://org/m; id"},
             "overrides":["a.b=c"]}
            """);

    LaunchAccepted run = plan.accepted();
    assertThat(run.name()).isEqualTo("wf-prune");
    assertThat(run.model()).isNull();
    assertThat(run.mode()).isNull();
    assertThat(run.scale()).isNull();
    assertThat(run.accelerators()).isEqualTo(new Accelerators("L40S", 2));
    assertThat(run.acceleratorsUsed()).isEqualTo(1);
    assertThat(run.clouds())
        .containsExactly(new CloudCandidate("gcp", "us-central1"), new CloudCandidate("aws", null));
    assertThat(run.parameters())
        .isEqualTo(Map.of("sparsity", "0.5", "schedule", "cosine", "teacher", "hf://org/m; id"));
    assertThat(run.checkpointPrefix()).isEqualTo("prune/cosine/my-run/");
    assertThat(requireNonNull(run.checkpoints()).patterns())
        .extracting(CheckpointLayout.Pattern::path, CheckpointLayout.Pattern::last)
        .containsExactly(tuple("round-{step}.pt", false), tuple("pruned.pt", true));
    assertThat(run.wandb()).isEqualTo(new WandbRun(null, "wrinklefree-prune", "my-run"));
    assertThat(requireNonNull(run.metrics()).step()).containsExactly("round");
    assertThat(run.resumedFrom()).isNull();
    JsonNode task = new YAMLMapper().readTree(plan.taskYaml());
    assertThat(task.path("envs"))
        .isEqualTo(
            Samples.json(
                """
                {"SPARSITY":"0.5","SCHEDULE":"cosine","TEACHER_MODEL":"hf://org/m; id",
                 "RUN_ID":"my-run","GCS_BUCKET":"wrinklefree-checkpoints",
                 "GCS_PREFIX":"prune/cosine/my-run/","WANDB_PROJECT":"wrinklefree-prune",
                 "WANDB_RUN_ID":"my-run","WANDB_RESUME":"allow","WANDB_NAME":"my-run",
                 "WANDB_RUN_GROUP":"wf-prune","OVERRIDE_COUNT":"1","OVERRIDE_0":"a.b=c"}
                """));
    assertThat(task.path("resources").path("any_of").toString())
        .isEqualTo("[{\"infra\":\"gcp/us-central1\"},{\"infra\":\"aws\"}]");
    assertThat(task.path("resources").path("accelerators").textValue()).isEqualTo("L40S:2");
    assertThat(task.path("_metadata").toString()).isEqualTo("{\"wrinklefree_run_id\":\"my-run\"}");
  }

  @Test
  void theReadmesExampleIsAKindOfJob() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String example = readme.substring(readme.indexOf("# prune.yaml"));
    Files.writeString(
        directory.resolve("prune.yaml"), example.substring(0, example.indexOf("```")));

    LaunchPlan plan = accepted("{\"template\":\"prune\",\"parameters\":{\"sparsity\":\"0.7\"}}");

    assertThat(plan.accepted().checkpointPrefix()).isEqualTo("prune/0.7/my-run/");
    assertThat(new YAMLMapper().readTree(plan.taskYaml()).path("envs").path("SPARSITY").asText())
        .isEqualTo("0.7");
  }

  @Test
  void scaleAndCloudsOfTheRequestReplaceTheTasksOwn() throws IOException {
    LaunchPlan plan =
        accepted(
            """
            {"template":"prune","parameters":{"sparsity":"1"},"scale":"large",
             "clouds":[{"cloud":"nebius"}],"spot":true}
            """);

    assertThat(plan.accepted().accelerators()).isEqualTo(new Accelerators("H100", 4));
    assertThat(plan.accepted().scale()).isEqualTo("large");
    JsonNode resources = new YAMLMapper().readTree(plan.taskYaml()).path("resources");
    assertThat(resources.path("accelerators").textValue()).isEqualTo("H100:4");
    assertThat(resources.path("ordered").toString()).isEqualTo("[{\"infra\":\"nebius\"}]");
    assertThat(resources.has("any_of")).isFalse();
    assertThat(resources.path("use_spot").booleanValue()).isTrue();
  }

  @Test
  void latestIsTheNewestRunOfTheSameTemplateModelModeAndParameters() throws IOException {
    Map<String, String> same = Map.of("sparsity", "0.5", "schedule", "cosine");
    Map<String, String> other = Map.of("sparsity", "0.6", "schedule", "cosine");
    checkpoints
        .with("older", Likeness.of("prune", null, null, same), "gs://b/older/round-9.pt")
        .with("newer", Likeness.of("prune", null, null, same), "gs://b/newer/round-2.pt")
        .with("other", Likeness.of("prune", null, null, other), "gs://b/other/round-7.pt")
        .with("my-run", Likeness.of("prune", null, null, same), "gs://b/own/round-1.pt");

    LaunchPlan plan =
        accepted(
            "{\"template\":\"prune\",\"parameters\":{\"sparsity\":\"0.5\"},\"resume\":\"latest\"}");

    assertThat(plan.accepted().resumedFrom()).isEqualTo("gs://b/newer/round-2.pt");
    assertThat(new YAMLMapper().readTree(plan.taskYaml()).path("envs").path("START_FROM").asText())
        .isEqualTo("gs://b/newer/round-2.pt");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"other|gs://b/other/round-7.pt", "gs://any/where/x.pt|gs://any/where/x.pt"})
  void aRunOrAUriIsExactlyThat(String resume, String expected) throws IOException {
    checkpoints.with("other", "another likeness", "gs://b/other/round-7.pt");

    LaunchPlan plan =
        accepted(
            "{\"template\":\"prune\",\"parameters\":{\"sparsity\":\"0.5\"},\"resume\":\"%s\"}"
                .formatted(resume));

    assertThat(plan.accepted().resumedFrom()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|parameters.sparsity|required",
        "{\"parameters\":{\"sparsity\":\"half\"}}|parameters.sparsity|bad-parameter",
        "{\"parameters\":{\"sparsity\":0.5}}|parameters.sparsity|wrong-type",
        "{\"parameters\":{\"sparsity\":\"1\",\"sparsiti\":\"2\"}}|parameters.sparsiti|unknown-parameter",
        "{\"parameters\":{\"sparsity\":\"1\",\"schedule\":\"x\"}}|parameters.schedule|bad-parameter",
        "{\"parameters\":{\"sparsity\":\"1\",\"rounds\":\"1.5\"}}|parameters.rounds|bad-parameter",
        "{\"parameters\":{\"sparsity\":\"1\",\"dry\":\"yes\"}}|parameters.dry|bad-parameter",
        "{\"parameters\":{\"sparsity\":\"1\",\"teacher\":\"s3://x\"}}|parameters.teacher|bad-parameter",
        "{\"parameters\":{\"sparsity\":\"1\",\"teacher\":\"hf://a\\nb\"}}|parameters.teacher|bad-parameter",
        "{\"parameters\":{\"sparsity\":\"1\"},\"mode\":\"w2\"}|mode|unsupported-field",
        "{\"parameters\":{\"sparsity\":\"1\"},\"overrides\":[\"out.dir=x\"]}|overrides[0]|reserved-override",
        "{\"parameters\":{\"sparsity\":\"1\"},\"environment\":{\"SPARSITY\":\"2\"}}|environment.SPARSITY|reserved-environment-name",
        "{\"parameters\":{\"sparsity\":\"1\"},\"environment\":{\"START_FROM\":\"2\"}}|environment.START_FROM|reserved-environment-name",
        "{\"parameters\":{\"sparsity\":\"1\"},\"resume\":\"latest\"}|resume|no-checkpoint",
        "{\"parameters\":{\"sparsity\":\"1\"},\"resume\":\"no-such-run\"}|resume|no-checkpoint",
        "{\"parameters\":{\"sparsity\":\"1\"},\"resume\":\"s3://a/b\"}|resume|bad-format",
        "{\"parameters\":{\"sparsity\":\"1\"},\"resume\":\"gs://bucket/a b\"}|resume|bad-format"
      })
  void whatItsHeaderExcludesIsToldByFieldAndCode(String request, String field, String code)
      throws IOException {
    var asked = Samples.json(request).put("template", "prune");

    assertThat(decide(asked.toString()))
        .isInstanceOfSatisfying(
            Answer.Reject.class,
            reject ->
                assertThat(reject.violations())
                    .extracting(Violation::field, Violation::code)
                    .containsExactly(tuple(field, code)));
  }

  @Test
  void parametersThatTogetherWouldNotFitIntoTheAnswerAreRefused() throws IOException {
    Files.writeString(
        directory.resolve("prune.yaml"),
        PRUNE.replace(
            "rounds: {type: integer}",
            "a: {type: string}\n      b: {type: string}\n      c: {type: string}"));
    var request = Samples.json("{\"template\":\"prune\"}");
    String longest = "x".repeat(4_096);
    request
        .putObject("parameters")
        .put("sparsity", "1")
        .put("a", longest)
        .put("b", longest)
        .put("c", longest);

    assertThat(decide(request.toString()))
        .isInstanceOfSatisfying(
            Answer.Reject.class,
            reject ->
                assertThat(reject.violations())
                    .extracting(Violation::field, Violation::code)
                    .containsExactly(tuple("parameters", "bad-length")));
  }

  @Test
  void aTemplateThatCannotResumeSaysSo() throws IOException {
    Files.writeString(
        directory.resolve("prune.yaml"), PRUNE.replace("resume: {env: START_FROM}", ""));

    assertThat(
            decide(
                "{\"template\":\"prune\",\"parameters\":{\"sparsity\":\"1\"},\"resume\":\"latest\"}"))
        .isInstanceOfSatisfying(
            Answer.Reject.class,
            reject ->
                assertThat(reject.violations())
                    .extracting(Violation::code)
                    .containsExactly("resume-unsupported"));
  }

  @Test
  void aHeaderThatNamesAnUnknownScaleMakesTheTemplateUnusable() throws IOException {
    Files.writeString(
        directory.resolve("prune.yaml"),
        PRUNE.replace("mode: none", "mode: none\n    scale: huge"));

    assertThat(decide("{\"template\":\"prune\",\"parameters\":{\"sparsity\":\"1\"}}"))
        .isInstanceOfSatisfying(
            Answer.Reject.class,
            reject ->
                assertThat(reject.violations())
                    .extracting(Violation::code, Violation::message)
                    .contains(
                        tuple(
                            "unusable-template",
                            "the template prune cannot be used: its header names the scale huge,"
                                + " which there is not")));
  }

  private LaunchPlan accepted(String request) {
    Answer answer = decide(request);
    assertThat(answer).isInstanceOf(Answer.Accept.class);
    return ((Answer.Accept) answer).plan();
  }

  private Answer decide(String request) {
    RequestOrigin origin = new RequestOrigin("/test", "e-1", "e-1", null, Instant.EPOCH);
    return new AnswerDecider(
            new LaunchRequestValidator(Samples.catalog(), Samples.library(directory)),
            new LaunchPlanner(Samples.homes()),
            new ResumeResolver(checkpoints))
        .decide(LaunchAttempt.of(RUN, origin, Samples.json(request), false), null);
  }
}
