package dev.wrinklefree.launch.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.Samples;
import dev.wrinklefree.launch.plan.LaunchPlanner;
import dev.wrinklefree.launch.validation.LaunchRequestValidator;
import dev.wrinklefree.launch.validation.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is sent to SkyPilot is what the contract suite shows to a real server. With {@code
 * -Dcontract.record=true} the tasks are written anew.
 */
class RenderedTasksTest {

  private static final Path TEMPLATES = Path.of("..", "deploy", "skypilot");
  private static final Path SHOWN =
      Path.of("..", "contract-tests", "src", "test", "resources", "skypilot", "tasks");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fairy2_train|{'model':'smollm2_135m','scale':'dev','overrides':['training.batch_size=4']}",
        "train|{'model':'qwen3_4b','parameters':{'stage':'2'},'environment':{'NOTE':'a b'}}",
        "dlm|{'model':'qwen3_4b','parameters':{'source':'hf://org/name'}}",
        "smoke|{}",
        "eval|{'parameters':{'modelPath':'gs://b/checkpoint'}}"
      })
  void everyKindIsRenderedAsTheContractSuiteShowsIt(String kind, String request)
      throws IOException {
    Verdict verdict =
        new LaunchRequestValidator(Samples.catalog(), Samples.library(TEMPLATES))
            .validate(Samples.json(request.replace('\'', '"')).put("template", kind));
    assertThat(verdict).isInstanceOf(Verdict.Valid.class);
    String task =
        new LaunchPlanner(Samples.homes())
            .plan(new RunId("my-run"), ((Verdict.Valid) verdict).request(), null, Instant.EPOCH)
            .taskYaml();
    Path shown = SHOWN.resolve(kind + ".yaml");
    if (Boolean.getBoolean("contract.record")) {
      Files.createDirectories(SHOWN);
      Files.writeString(shown, task);
    }
    assertThat(task).isEqualTo(Files.readString(shown));
  }
}
