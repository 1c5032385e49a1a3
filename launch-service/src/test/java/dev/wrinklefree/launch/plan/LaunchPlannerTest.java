package dev.wrinklefree.launch.plan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.WandbRun;
import dev.wrinklefree.launch.Samples;
import dev.wrinklefree.launch.catalog.Homes;
import dev.wrinklefree.launch.validation.LaunchRequestValidator;
import dev.wrinklefree.launch.validation.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchPlannerTest {

  private static final Instant REQUESTED_AT = Instant.parse("2026-11-23T10:00:00Z");
  private static final RunId RUN = new RunId("smollm2-run");

  @Test
  void theAnswerSaysAllThatLaterReadersNeed(@TempDir Path directory) {
    LaunchAccepted accepted =
        plan(directory, Samples.homes(), "{\"model\":\"smollm2_135m\",\"overrides\":[\"a=1\"]}")
            .accepted();

    assertThat(accepted.checkpointPrefix()).isEqualTo("fairy2/smollm2_135m/smollm2-run/");
    assertThat(accepted.bucket()).isEqualTo("wrinklefree-checkpoints");
    assertThat(accepted.wandb()).isEqualTo(new WandbRun(null, "wrinklefree-fairy2", "smollm2-run"));
    assertThat(requireNonNull(accepted.accelerators()).notation()).isEqualTo("H100:1");
    assertThat(accepted.requestedAt()).isEqualTo(REQUESTED_AT);
  }

  @Test
  void theTaskLearnsWhatToDoFromItsEnvironment(@TempDir Path directory) throws IOException {
    Homes homes = new Homes("b", "fairy2/{model}/{runId}/", "p", "team");

    JsonNode task =
        new YAMLMapper()
            .readTree(
                plan(
                        directory,
                        homes,
                        """
                        {"model":"qwen3_4b","mode":"w1","scale":"dev","name":"nightly",
                         "overrides":["a=$(id)","b='x y'"],"environment":{"NOTE":"n"}}
                        """)
                    .taskYaml());

    ObjectNode expected =
        Samples.json(
            """
            {"MODEL":"qwen3_4b","MODE":"w1","SCALE":"dev","RUN_ID":"smollm2-run",
             "GCS_BUCKET":"b","GCS_PREFIX":"fairy2/qwen3_4b/smollm2-run/",
             "WANDB_PROJECT":"p","WANDB_ENTITY":"team","WANDB_RUN_ID":"smollm2-run",
             "WANDB_RESUME":"allow","WANDB_NAME":"smollm2-run","WANDB_RUN_GROUP":"nightly",
             "OVERRIDE_COUNT":"2","OVERRIDE_0":"a=$(id)","OVERRIDE_1":"b='x y'","NOTE":"n",
             "KEPT":"007","GIT_URL":"https://example.org/trainer.git",
             "GIT_COMMIT_HASH":"0123456789abcdef0123456789abcdef01234567"}
            """);
    assertThat(task.path("envs")).isEqualTo(expected);
    assertThat(task.path("resources").path("labels").toString())
        .isEqualTo("{\"wrinklefree-run-id\":\"smollm2-run\"}");
  }

  private static LaunchPlan plan(Path directory, Homes homes, String request) {
    Verdict verdict =
        new LaunchRequestValidator(Samples.catalog(), Samples.library(Samples.templates(directory)))
            .validate(Samples.json(request));
    return new LaunchPlanner(homes)
        .plan(RUN, ((Verdict.Valid) verdict).request(), null, REQUESTED_AT);
  }
}
