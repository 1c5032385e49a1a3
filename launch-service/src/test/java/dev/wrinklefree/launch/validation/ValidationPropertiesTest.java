package dev.wrinklefree.launch.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.event.LaunchRejected;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.Samples;
import dev.wrinklefree.launch.plan.LaunchPlanner;
import dev.wrinklefree.launch.run.RequestDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;

/** Whatever is asked for, there is an answer, and the answer can be published. */
class ValidationPropertiesTest {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> FIELDS =
      List.of(
          "template",
          "name",
          "model",
          "mode",
          "scale",
          "overrides",
          "environment",
          "secrets",
          "clouds",
          "spot",
          "budget",
          "labels",
          "owner",
          "limit",
          "amount",
          "currency",
          "action",
          "cloud",
          "region",
          "parameters",
          "resume",
          "task");

  private final Path directory;
  private final LaunchRequestValidator validator;

  ValidationPropertiesTest() throws IOException {
    directory = Files.createTempDirectory("templates");
    validator =
        new LaunchRequestValidator(
            Samples.catalog(), Samples.library(Samples.templates(directory)));
  }

  @AfterProperty
  void deleteTemplates() throws IOException {
    Files.delete(directory.resolve("fairy2_train.yaml"));
    Files.delete(directory);
  }

  @Property(tries = 1000, seed = "20261123", edgeCases = EdgeCasesMode.NONE)
  void anyObjectGetsAnAnswerThatCanBePublished(@ForAll("objects") ObjectNode request) {
    EventCodec codec = new EventCodec();
    RunId runId = new RunId("r");
    switch (validator.validate(request)) {
      case Verdict.Valid valid -> {
        var plan =
            new LaunchPlanner(Samples.homes()).plan(runId, valid.request(), null, Instant.EPOCH);
        assertThat(codec.dataBytes(plan.accepted()))
            .hasSizeLessThanOrEqualTo(EventCodec.MAX_DATA_BYTES);
      }
      case Verdict.Invalid invalid -> {
        byte[] bytes = codec.dataBytes(new LaunchRejected(runId, invalid.violations()));
        assertThat(bytes).hasSizeLessThanOrEqualTo(EventCodec.MAX_DATA_BYTES);
        assertThat(invalid.violations())
            .allSatisfy(
                v ->
                    assertThat(v.message() + v.field())
                        .doesNotContainPattern("[\\p{Cntrl}\\x{D800}-\\x{DFFF}]"));
      }
    }
    assertThatCode(() -> RequestDigest.of(request)).doesNotThrowAnyException();
  }

  @Property(tries = 1000, seed = "20261123")
  void anAcceptedOverrideIsTheGivenOne(@ForAll("texts") String value) {
    ObjectNode request = Samples.smallest();
    request.putArray("overrides").add("a.b=" + value);

    switch (validator.validate(request)) {
      case Verdict.Valid valid ->
          assertThat(valid.request().overrides()).containsExactly("a.b=" + value);
      case Verdict.Invalid invalid ->
          assertThat(invalid.violations()).extracting("code").containsOnly("bad-character");
    }
  }

  @Provide
  Arbitrary<ObjectNode> objects() {
    return object(values(3));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().all().ofMaxLength(20);
  }

  private static Arbitrary<JsonNode> values(int depth) {
    Arbitrary<JsonNode> leaves =
        Arbitraries.oneOf(
            words().map(JSON::textNode),
            Arbitraries.integers().map(JSON::numberNode),
            Arbitraries.doubles().map(JSON::numberNode),
            Arbitraries.of(true, false).map(JSON::booleanNode),
            Arbitraries.just(JSON.nullNode()));
    if (depth == 0) {
      return leaves;
    }
    return Arbitraries.oneOf(
        leaves, object(values(depth - 1)).map(o -> o), array(values(depth - 1)).map(a -> a));
  }

  private static Arbitrary<ObjectNode> object(Arbitrary<JsonNode> values) {
    return Arbitraries.maps(words(), values).ofMaxSize(8).map(m -> JSON.objectNode().setAll(m));
  }

  private static Arbitrary<ArrayNode> array(Arbitrary<JsonNode> values) {
    return values.list().ofMaxSize(4).map(list -> JSON.arrayNode().addAll(list));
  }

  private static Arbitrary<String> words() {
    return Arbitraries.oneOf(
        Arbitraries.of(FIELDS),
        Arbitraries.of(
            "smollm2_135m",
            "w2",
            "dev",
            "gcp",
            "a.b=c",
            "HF_TOKEN",
            "USD",
            "1.5",
            "latest",
            "gs://b/o",
            "run: x"),
        Arbitraries.strings().all().ofMaxLength(12));
  }
}
