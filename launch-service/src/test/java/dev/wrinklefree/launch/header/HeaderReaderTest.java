package dev.wrinklefree.launch.header;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.wrinklefree.contract.value.CheckpointLayout;
import dev.wrinklefree.contract.value.MetricKeys;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderReaderTest {

  private static final YAMLMapper YAML = new YAMLMapper();

  @Test
  void readsAllThatAKindOfJobMaySay() throws Exception {
    TemplateHeader header =
        read(
            """
            description: Stages of one training.
            model: {choices: {tiny: dev, large: xlarge}}
            mode: none
            scale: small
            parameters:
              stage: {type: choice, required: true, choices: [1, "1.9", 2]}
              batchSize: {type: integer, default: 8, description: Samples per step.}
              source: {type: string, pattern: "(hf|gs)://.+", env: SOURCE_PATH}
            overrides: {reserved: [gcs.*, output_dir]}
            checkpoints:
              prefix: train/{model}/stage{stage}/{runId}/
              layout:
                - {path: "step_{step}/", members: [checkpoint.pt]}
                - {path: final/, members: [checkpoint.pt], last: true}
            wandb:
              project: wrinklefree
              metrics: {step: [train/step, _step], loss: train/loss}
            resume: {env: RESUME_CHECKPOINT, accepts: [run, gs], object: checkpoint.pt}
            acceleratorsUsed: 1
            """);

    assertThat(header.description()).isEqualTo("Stages of one training.");
    assertThat(header.model())
        .isEqualTo(
            new ModelRule.OneOf(
                List.of("tiny", "large"),
                new TreeMap<>(Map.of("tiny", "dev", "large", "xlarge")),
                true,
                null));
    assertThat(header.mode()).isEqualTo(new ModeRule.None());
    assertThat(header.scales()).isEqualTo(Set.of("dev", "xlarge", "small"));
    assertThat(header.parameters())
        .extracting(Parameter::name, Parameter::env, Parameter::byDefault)
        .containsExactly(
            tuple("stage", "STAGE", null),
            tuple("batchSize", "BATCH_SIZE", "8"),
            tuple("source", "SOURCE_PATH", null));
    assertThat(header.parameter("stage").orElseThrow().choices()).containsExactly("1", "1.9", "2");
    assertThat(header.overrides()).isEqualTo(new OverrideUse(true, List.of("gcs.*", "output_dir")));
    assertThat(header.prefix()).isEqualTo(new PrefixPattern("train/{model}/stage{stage}/{runId}/"));
    assertThat(requireNonNull(header.checkpoints()).patterns())
        .containsExactly(
            new CheckpointLayout.Pattern("step_{step}/", List.of("checkpoint.pt"), false),
            new CheckpointLayout.Pattern("final/", List.of("checkpoint.pt"), true));
    assertThat(header.wandbProject()).isEqualTo("wrinklefree");
    MetricKeys metrics = requireNonNull(header.metrics());
    assertThat(metrics.step()).containsExactly("train/step", "_step");
    assertThat(metrics.loss()).containsExactly("train/loss");
    ResumeRule resume = requireNonNull(header.resume());
    assertThat(resume.accepts())
        .containsExactlyInAnyOrder(ResumeRule.Source.RUN, ResumeRule.Source.URI);
    assertThat(resume.value("gs://b/a/")).isEqualTo("gs://b/a/checkpoint.pt");
    assertThat(resume.value("gs://b/a.pt")).isEqualTo("gs://b/a.pt");
    assertThat(header.acceleratorsUsed()).isEqualTo(1);
  }

  @Test
  void whatAHeaderDoesNotSayIsAsTheServiceIsConfigured() throws Exception {
    assertThat(read("description: x"))
        .usingRecursiveComparison()
        .ignoringFields("description")
        .isEqualTo(TemplateHeader.SILENT);
    assertThat(TemplateHeader.SILENT.metrics()).isEqualTo(MetricKeys.FAIRY2);
    assertThat(TemplateHeader.SILENT.checkpoints()).isEqualTo(CheckpointLayout.FAIRY2);
  }

  @Test
  void noneMeansThatAJobDoesNotHaveIt() throws Exception {
    TemplateHeader header =
        read("{model: none, mode: none, overrides: none, checkpoints: none, wandb: none}");

    assertThat(header.model()).isEqualTo(new ModelRule.None());
    assertThat(header.overrides().taken()).isFalse();
    assertThat(header.checkpoints()).isNull();
    assertThat(header.wandb()).isFalse();
    assertThat(header.metrics()).isNull();
    assertThat(header.resume()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[a]|h must be a mapping",
        "descripton: x|h.descripton is unknown; known here: description, model",
        "description: [a]|h.description must be a text",
        "model: all|h.model must be a mapping",
        "model: {choices: {}}|h.model.choices names none",
        "model: {choices: [a], default: b}|h.model.default is none of the choices",
        "model: {choices: [a/b]}|h.model.choices must match",
        "model: {required: true, default: a}|h.model.required contradicts the default",
        "mode: {choices: [a]}|h.mode.default is required",
        "scale: 5|h.scale must be a text",
        "parameters: [a]|h.parameters must be a mapping of names",
        "parameters: {stage: 2}|h.parameters.stage must be a mapping",
        "parameters: {stage: {}}|h.parameters.stage.type is required",
        "parameters: {stage: {type: int}}|h.parameters.stage.type must be one of string, integer",
        "parameters: {stage: {type: choice}}|h.parameters.stage.choices belong to the type choice",
        "parameters: {s: {type: string, choices: [a]}}|h.parameters.s.choices belong to the type",
        "parameters: {s: {type: choice, choices: [1.9]}}|h.parameters.s.choices[0] must be quoted",
        "parameters: {s: {type: choice, choices: [a, a]}}|h.parameters.s.choices[1] is listed twice",
        "parameters: {s: {type: integer, default: x}}|h.parameters.s.default must be an integer",
        "parameters: {s: {type: string, pattern: '('}}|h.parameters.s.pattern is no regular",
        "parameters: {s: {type: integer, pattern: a}}|h.parameters.s.pattern belongs to the type",
        "parameters: {s: {type: string, env: RUN_ID}}|h.parameters.s.env RUN_ID carries something",
        "parameters: {s: {type: string, env: GCS_X}}|h.parameters.s.env GCS_X carries something",
        "parameters: {a: {type: string, env: X}, b: {type: string, env: X}}|h.parameters.b.env X",
        "parameters: {model: {type: string}}|h.parameters.model must have a name",
        "parameters: {s: {type: string, required: true, default: a}}|h.parameters.s.required",
        "overrides: {reserved: ['a b']}|h.overrides.reserved must be dotted keys",
        "checkpoints: {prefix: a/}|h.checkpoints.prefix must hold {runId}",
        "checkpoints: {prefix: 'a/../{runId}/'}|h.checkpoints.prefix must not have an empty or dot",
        "checkpoints: {prefix: '/{runId}/'}|h.checkpoints.prefix must end with a slash and not",
        "checkpoints: {prefix: '{stage}/{runId}/'}|h.checkpoints.prefix has {stage}, which not",
        "{model: none, checkpoints: {prefix: '{model}/{runId}/'}}|h.checkpoints.prefix has {model}",
        "checkpoints: {layout: all}|h.checkpoints.layout must be none, fairy2, or a list",
        "checkpoints: {layout: [{path: a/}]}|h.checkpoints.layout[0].path is wrong",
        "checkpoints: {layout: [{paht: a}]}|h.checkpoints.layout[0].paht is unknown",
        "wandb: {project: 'a/b'}|h.wandb.project must match",
        "wandb: {metrics: {loss: a}}|h.wandb.metrics.step is required",
        "wandb: {metrics: {step: a, los: b}}|h.wandb.metrics.los is unknown",
        "resume: {}|h.resume.env is required",
        "resume: {env: GCS_PREFIX}|h.resume.env must be a variable's name",
        "resume: {env: R, accepts: [s3]}|h.resume.accepts must be of latest, run, gs",
        "acceleratorsUsed: 0|h.acceleratorsUsed must be an integer of at least 1"
      })
  void aMistakeIsToldWithThePathOfItsKey(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(BadHeaderException.class)
        .hasMessageStartingWith(message);
  }

  private static TemplateHeader read(String yaml) throws IOException, BadHeaderException {
    JsonNode node = YAML.readTree(yaml);
    return HeaderReader.read(node, "h");
  }
}
