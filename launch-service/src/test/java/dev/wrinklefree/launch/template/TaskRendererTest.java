package dev.wrinklefree.launch.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.CloudCandidate;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.Samples;
import dev.wrinklefree.launch.header.TemplateHeader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class TaskRendererTest {

  private static final TaskTemplate TEMPLATE = template(Samples.TEMPLATE);

  @Test
  void theRunsValuesReplaceTheTemplatesAndTheRestIsKept() throws IOException {
    JsonNode task = parse(TaskRenderer.render(TEMPLATE, values(Map.of("MODEL", "qwen3_4b"))));

    assertThat(task.path("name").textValue()).isEqualTo("my-run");
    assertThat(task.path("workdir").path("url").textValue())
        .isEqualTo("https://example.org/trainer.git");
    assertThat(task.path("resources").toString())
        .isEqualTo(
            """
            {"use_spot":true,"disk_size":200,"disk_tier":"best",\
            "job_recovery":{"max_restarts_on_errors":3},"accelerators":"H100:4",\
            "labels":{"team":"q"},"ordered":[{"infra":"nebius"},{"infra":"gcp/us-central1"}]}""");
    assertThat(task.path("envs").path("MODEL").textValue()).isEqualTo("qwen3_4b");
    assertThat(task.path("envs").path("KEPT").textValue()).isEqualTo("007");
    assertThat(task.path("secrets").toString()).isEqualTo("{\"HF_TOKEN\":null}");
    assertThat(task.path("_metadata").path("wrinklefree_run_id").textValue()).isEqualTo("my-run");
    assertThat(task.path("api_server_access").isBoolean()).isTrue();
    assertThat(task.path("api_server_access").booleanValue()).isFalse();
    assertThat(task.path("setup").textValue()).isEqualTo("set -eu\necho setup\n");
    assertThat(task.path("run").textValue()).isEqualTo("set -eu\necho run\n");
  }

  @Test
  void aPinnedCommitIsToldInTheVariablesThatSkyPilotsClientWouldAdd() throws IOException {
    JsonNode envs = parse(TaskRenderer.render(TEMPLATE, values(Map.of()))).path("envs");

    assertThat(envs.path("GIT_URL").textValue()).isEqualTo("https://example.org/trainer.git");
    assertThat(envs.path("GIT_COMMIT_HASH").textValue())
        .isEqualTo("0123456789abcdef0123456789abcdef01234567");
    assertThat(envs.has("GIT_BRANCH")).isFalse();
  }

  @Test
  void scriptsStayReadableBlocks() {
    assertThat(TaskRenderer.render(TEMPLATE, values(Map.of())))
        .contains("run: |\n  set -eu\n  echo run\n");
  }

  @Test
  void aTemplateWithoutAnyBlockGetsThem() throws IOException {
    JsonNode task = parse(TaskRenderer.render(template("run: echo\n"), values(Map.of("A", "b"))));

    assertThat(task.path("envs").path("A").textValue()).isEqualTo("b");
    assertThat(task.path("resources").path("accelerators").textValue()).isEqualTo("H100:4");
  }

  @Test
  void theTemplatesOwnPlaceIsDropped() throws IOException {
    TaskTemplate placed =
        template("run: echo\nresources: {infra: aws, zone: x, any_of: [{cloud: gcp}]}\n");

    JsonNode resources = parse(TaskRenderer.render(placed, values(Map.of()))).path("resources");

    assertThat(resources.has("infra") || resources.has("zone") || resources.has("any_of"))
        .isFalse();
  }

  @Test
  void textThatLooksLikeYamlStaysText() throws IOException {
    Map<String, String> hostile =
        Map.of(
            "A", "x\nrun: rm -rf /\n",
            "B", "yes",
            "C", "null",
            "D", "0o17",
            "E", "!!python/object:os.system",
            "F", "*anchor",
            "G", "  leading and trailing  ",
            "H", "- item",
            "I", "---\n...\n");

    JsonNode task = parse(TaskRenderer.render(TEMPLATE, values(hostile)));

    hostile.forEach(
        (name, value) -> assertThat(task.path("envs").path(name).textValue()).isEqualTo(value));
    assertThat(task.path("run").textValue()).isEqualTo("set -eu\necho run\n");
  }

  @Property(tries = 2000, seed = "20261123")
  void anyTextComesBackAsItWas(@ForAll("texts") String environment, @ForAll("texts") String label)
      throws IOException {
    TaskValues values =
        new TaskValues(
            new RunId("my-run"),
            new Accelerators("H100", 4),
            List.of(new CloudCandidate("nebius", null)),
            false,
            Map.of("label", label),
            Map.of("OVERRIDE_0", environment),
            List.of());

    String yaml = TaskRenderer.render(TEMPLATE, values);

    JsonNode task = parse(yaml);
    assertThat(task.path("envs").path("OVERRIDE_0").textValue()).isEqualTo(environment);
    assertThat(task.path("resources").path("labels").path("label").textValue()).isEqualTo(label);
    assertThat(task.properties()).hasSize(8);
    // A YAML 1.1 parser, as SkyPilot's is, must see the same.
    Map<String, Map<String, Object>> other =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    assertThat(other.get("envs")).containsEntry("OVERRIDE_0", environment);
  }

  /** All that the validator lets through: no control characters but line feeds and tabs. */
  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> any =
        Arbitraries.integers()
            .between(0x20, 0x10FFFF)
            .filter(c -> !Character.isISOControl(c) && (c < 0xD800 || c > 0xDFFF))
            .map(Character::toString);
    Arbitrary<String> telling =
        Arbitraries.of(
            "\n", "\t", " ", "'", "\"", "\\", ":", ": ", "#", " #", "-", "- ", "{", "}", "[", "]",
            "&", "*", "!", "|", ">", "%", "@", "`", "${A}", "$(id)", "\u00a0", "\u2028", "\ufeff");
    return Arbitraries.oneOf(any, telling)
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  private static TaskValues values(Map<String, String> environment) {
    return new TaskValues(
        new RunId("my-run"),
        new Accelerators("H100", 4),
        List.of(new CloudCandidate("nebius", null), new CloudCandidate("gcp", "us-central1")),
        true,
        Map.of("team", "q"),
        environment,
        List.of("HF_TOKEN"));
  }

  private static TaskTemplate template(String yaml) {
    try {
      return new TaskTemplate(
          "fairy2_train", (ObjectNode) TaskYaml.read(yaml), TemplateHeader.SILENT);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static JsonNode parse(String yaml) throws IOException {
    return TaskYaml.read(yaml);
  }
}
