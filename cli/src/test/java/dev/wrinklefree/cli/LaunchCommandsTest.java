package dev.wrinklefree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands that launch something send. */
class LaunchCommandsTest extends ScriptedPlatformTest {

  private static final String ESTIMATE =
      """
      {"model":"smollm2_135m","scale":"small","hours":"2","hoursSource":"measured","offers":[
       {"cloud":"nebius","accelerators":{"type":"H100","count":1},"spot":false,
        "perHour":{"amount":"3.85","currency":"USD"},"total":{"amount":"7.70","currency":"USD"},
        "priceSource":"nebius.com/prices","priceDate":"2026-09-25","stale":true},
       {"cloud":"gcp","region":"us-east4","instanceType":"a3-highgpu-1g",
        "accelerators":{"type":"H100","count":1},"spot":true,
        "perHour":{"amount":"1.25","currency":"USD"},"total":{"amount":"2.50","currency":"USD"},
        "priceSource":"catalogue","priceDate":"2026-11-20","stale":false}]}
      """;

  @TempDir private Path directory = Path.of("set by JUnit");

  @Test
  void trainSendsItsStageAndWhereItGoesOnFrom() throws Exception {
    taken();
    assertThat(wf("train", "-m", "qwen3_4b", "-s", "1.9", "-r", "latest", "-c", "gcp", "a.b=1"))
        .isEqualTo(ExitCode.OK);
    assertThat(sent(launch, "POST /launches"))
        .isEqualTo(
            json(
                """
                {"template":"train","model":"qwen3_4b","parameters":{"stage":"1.9"},
                 "resume":"latest","overrides":["a.b=1"],"clouds":[{"cloud":"gcp"}]}
                """));
  }

  @Test
  void dlmSendsItsSource() throws Exception {
    taken();
    assertThat(wf("dlm", "-m", "smollm2_135m", "-s", "gs://b/checkpoint-final/"))
        .isEqualTo(ExitCode.OK);
    assertThat(sent(launch, "POST /launches"))
        .isEqualTo(
            json(
                """
                {"template":"dlm","model":"smollm2_135m",
                 "parameters":{"source":"gs://b/checkpoint-final/"}}
                """));
  }

  @Test
  void smokeWaitsForItsOutcome() throws Exception {
    taken();
    launch.answer("GET /launches/my-run", 200, LAUNCH.formatted("submitted"));
    monitor.answer("GET /jobs/my-run", 200, JOB.formatted("FAILED"));
    assertThat(wf("smoke")).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(sent(launch, "POST /launches"))
        .isEqualTo(json("{\"template\":\"smoke\",\"model\":\"smollm2_135m\"}"));
  }

  @Test
  void smokeReturnsAtOnceWhereAsked() {
    taken();
    assertThat(wf("smoke", "--detach")).isEqualTo(ExitCode.OK);
    assertThat(launch.requests()).hasSize(1);
  }

  @Test
  void aTaskGoesAsItIsWithItsEnvironmentAndNamesOfSecrets() throws Exception {
    taken();
    String yaml = "name: mine\nresources:\n  accelerators: A100:1\nrun: |\n  echo \"$EPOCHS\"\n";
    Path file = Files.writeString(directory.resolve("task.yaml"), yaml);
    assertThat(
            wf(
                "launch",
                file.toString(),
                "--env",
                "EPOCHS=3",
                "--secret",
                "HF_TOKEN",
                "--name",
                "mine",
                "--budget",
                "50",
                "--on-budget",
                "cancel-at-checkpoint",
                "--cloud",
                "gcp",
                "--region",
                "us-east4",
                "--label",
                "team=x",
                "--spot"))
        .isEqualTo(ExitCode.OK);
    assertThat(sent(launch, "POST /launches"))
        .isEqualTo(
            json("{\"name\":\"mine\",\"spot\":true,\"secrets\":[\"HF_TOKEN\"]}")
                .<com.fasterxml.jackson.databind.node.ObjectNode>deepCopy()
                .put("task", yaml)
                .setAll(
                    (com.fasterxml.jackson.databind.node.ObjectNode)
                        json(
                            """
                            {"environment":{"EPOCHS":"3"},"labels":{"team":"x"},
                             "budget":{"limit":{"amount":"50","currency":"USD"},
                                       "action":"cancel-at-checkpoint"},
                             "clouds":[{"cloud":"gcp","region":"us-east4"}]}
                            """)));
  }

  @Test
  void aTemplateTakesParametersAndOverrides() throws Exception {
    taken();
    assertThat(
            wf("launch", "--template", "eval", "-p", "benchmark=glue", "-p", "n=2", "x=1", "y=2"))
        .isEqualTo(ExitCode.OK);
    assertThat(sent(launch, "POST /launches"))
        .isEqualTo(
            json(
                """
                {"template":"eval","parameters":{"benchmark":"glue","n":"2"},
                 "overrides":["x=1","y=2"]}
                """));
  }

  @Test
  void aTaskThatIsTooLargeIsNotSent() throws Exception {
    Path file = Files.writeString(directory.resolve("task.yaml"), "#".repeat(64 * 1024 + 1));
    assertThat(wf("launch", file.toString())).isEqualTo(ExitCode.REJECTED);
    assertThat(err.toString()).contains("larger than 64 KiB").hasLineCount(1);
    assertThat(launch.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "launch | Which task? Give a file or --template NAME",
        "launch none.yaml | there is no file none.yaml",
        "launch t.yaml extra | a task has no overrides (extra)",
        "launch t.yaml -p a=b | belong to --template",
        "fairy2 -m m --secret TOKEN=abc | --secret takes a name only",
        "fairy2 -m m --on-budget cancel | --on-budget needs --budget",
        "fairy2 -m m --budget many | is no amount of dollars",
        "fairy2 -m m --region eu | --region belongs to one --cloud",
        "train -m m | Missing required option",
        "train -m m -s 2 --gpu-type H100 | --gpu-type is no more: use --scale",
        "train -m m -s 2 -b modal | --backend is no more",
        "fairy2 -m m --max-steps 10 | use the override training.max_steps=N",
        "fairy2 -m m --use-spot | use --spot",
        "build | wf build is no more",
        "serve gs://x -n y --backend vllm | wf serve is no more: this platform trains",
        "distill -ckpt x | use: wf train --stage 3",
      })
  void aWrongCommandLineIsOneLineAndLaunchesNothing(String line, String message) {
    assertThat(wf(line.split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains(message).hasLineCount(1).doesNotContain("abc");
    assertThat(launch.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"build", "serve", "serve-down", "serve-status", "distill"})
  void theHelpOfAFormerCommandSaysWhatReplacedIt(String command) {
    assertThat(wf(command, "--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("No more: ");
  }

  @Test
  void aDryRunShowsPlanAndPriceAndLaunchesNothing() {
    launch.answer(
        "POST /dry-runs",
        200,
        "{\"template\":\"fairy2_train\",\"model\":\"smollm2_135m\",\"scale\":\"small\","
            + "\"accelerators\":{\"type\":\"H100\",\"count\":1}}");
    cost.answer("GET /estimates?model=smollm2_135m&scale=small", 200, ESTIMATE);
    assertThat(wf("fairy2", "-m", "smollm2_135m", "--dry-run")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("nothing was")
        .contains("accelerators H100:1")
        .contains("smollm2_135m on small: about 2 h (measured)")
        .containsPattern(
            "nebius +- +H100:1 +no +\\$3.85 +\\$7.70 +nebius.com/prices, 2026-09-25 \\(old\\)")
        .doesNotContain("a3-highgpu-1g");
    assertThat(launch.requests()).noneMatch(request -> request.startsWith("POST /launches"));
  }

  @Test
  void aDryRunOnAServiceThatKnowsNoneLaunchesNothing() {
    assertThat(wf("fairy2", "-m", "smollm2_135m", "--dry-run")).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(launch.requests()).noneMatch(request -> request.startsWith("POST /launches"));
  }

  @Test
  void estimatesCanBeLimitedToSpot() {
    cost.answer("GET /estimates?model=smollm2_135m&scale=small", 200, ESTIMATE);
    assertThat(wf("estimate", "-m", "smollm2_135m", "--scale", "small", "--spot"))
        .isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .containsPattern("gcp/us-east4 +a3-highgpu-1g +H100:1 +spot +\\$1.25 +\\$2.50")
        .doesNotContain("nebius");
  }

  @Test
  void templatesAreListedWithWhatTheyNeed() {
    launch.answer(
        "GET /templates",
        200,
        """
        {"templates":[{"name":"train","description":"A stage.","models":["qwen3_4b"],
          "scales":["small","large"],"resume":true,"checkpoints":true,
          "parameters":[{"name":"stage","type":"choice","required":true,"choices":["1","2"],
                         "description":"Which stage."},
                        {"name":"note","type":"text","required":false,"default":"none"}]}]}
        """);
    assertThat(wf("templates")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).containsPattern("train +stage! note +yes +A stage\\.");
    assertThat(wf("templates", "train")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).containsPattern("stage +choice +yes +- +1, 2 +Which stage\\.");
    assertThat(wf("templates", "nope")).isEqualTo(ExitCode.NOT_FOUND);
  }

  private void taken() {
    launch.answer("POST /launches", 202, "{\"runId\":\"my-run\",\"status\":\"requested\"}");
  }
}
