package dev.wrinklefree.contract.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.contract.event.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No schema breaks those who read or write the last release's events. With a release the schemas
 * are copied to {@code src/test/resources/released}: {@code scripts/release-contract}.
 */
class CompatibilityTest {

  private static final Path RELEASED = Path.of("src/test/resources/released");
  private static final Set<EventType> FROM_OTHERS =
      Set.of(EventType.LAUNCH_REQUESTED, EventType.CANCEL_REQUESTED);

  static Stream<Path> released() throws IOException {
    return Files.list(RELEASED).filter(file -> file.toString().endsWith(".json")).sorted();
  }

  @ParameterizedTest
  @MethodSource("released")
  void schemaKeepsWhatWasReleased(Path file) throws IOException {
    Path now = ContractFiles.ROOT.resolve("schemas").resolve(file.getFileName());
    assertThat(now).as("a released event type stays").exists();
    assertThat(breaks(typeOf(file), ContractFiles.read(file), ContractFiles.read(now))).isEmpty();
  }

  @Test
  void everyReleasedTypeIsHeld() throws IOException {
    assertThat(released()).isNotEmpty();
  }

  static Stream<Arguments> incompatible() {
    return Stream.of(
        change("a field is gone", schema -> properties(schema).remove("oldest")),
        change("another type", schema -> field(schema, "oldest").put("type", "integer")),
        change("a narrower pattern", schema -> field(schema, "oldest").put("pattern", "^a$")),
        change("a word more in an enum", schema -> words(schema).add("new")),
        change("a word less in an enum", schema -> words(schema).remove(0)),
        change("another reference", schema -> field(schema, "kind").put("$ref", "#/$defs/Other")),
        change(
            "other items",
            schema -> ((ObjectNode) field(schema, "list").get("items")).put("type", "integer")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("incompatible")
  void findsEachWayToBreakReadersAndWriters(String what, Consumer<ObjectNode> change)
      throws IOException {
    ObjectNode changed = sample();
    change.accept(changed);
    assertThat(Compatibility.ofWritten(sample(), changed)).isNotEmpty();
    assertThat(Compatibility.ofRead(sample(), changed)).isNotEmpty();
  }

  @Test
  void acceptsANewOptionalFieldAndOtherProse() throws IOException {
    ObjectNode changed = sample();
    properties(changed).putObject("newest").put("type", "string");
    field(changed, "oldest").put("description", "said better");
    changed.withObject("/$defs").putObject("More").put("type", "object");
    assertThat(Compatibility.ofWritten(sample(), changed)).isEmpty();
    assertThat(Compatibility.ofRead(sample(), changed)).isEmpty();
  }

  @Test
  void aFieldThatBecomesRequiredBreaksThoseWhoWriteIt() throws IOException {
    ObjectNode changed = sample();
    changed.withArray("required").add("kind");
    assertThat(Compatibility.ofRead(sample(), changed))
        .containsExactly("/kind: may no longer be left out");
    assertThat(Compatibility.ofWritten(sample(), changed)).isEmpty();
  }

  @Test
  void aFieldThatMayBeAbsentBreaksThoseWhoReadIt() throws IOException {
    ObjectNode changed = sample();
    changed.withArray("required").removeAll();
    assertThat(Compatibility.ofWritten(sample(), changed))
        .containsExactly("/oldest: was always there and may now be absent");
    assertThat(Compatibility.ofRead(sample(), changed)).isEmpty();
  }

  private static List<String> breaks(EventType type, JsonNode released, JsonNode now) {
    return FROM_OTHERS.contains(type)
        ? Compatibility.ofRead(released, now)
        : Compatibility.ofWritten(released, now);
  }

  private static EventType typeOf(Path file) {
    String name = file.getFileName().toString().replaceAll("\\.json$", "");
    return Stream.of(EventType.values())
        .filter(type -> ContractFiles.shortName(type).equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the released type " + name + " is gone"));
  }

  private static Arguments change(String what, Consumer<ObjectNode> change) {
    return Arguments.of(what, change);
  }

  private static ObjectNode sample() throws IOException {
    return (ObjectNode)
        ContractFiles.JSON.readTree(
            """
            {"$defs": {"Kind": {"type": "string", "enum": ["a", "b"]}},
             "type": "object",
             "properties": {
               "oldest": {"type": "string"},
               "kind": {"$ref": "#/$defs/Kind"},
               "list": {"type": "array", "items": {"type": "string"}}},
             "required": ["oldest"]}""");
  }

  private static ObjectNode properties(ObjectNode schema) {
    return (ObjectNode) schema.get("properties");
  }

  private static ObjectNode field(ObjectNode schema, String name) {
    return (ObjectNode) properties(schema).get(name);
  }

  private static ArrayNode words(ObjectNode schema) {
    return (ArrayNode) schema.at("/$defs/Kind/enum");
  }
}
