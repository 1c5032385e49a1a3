package dev.wrinklefree.contract.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.wrinklefree.contract.event.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The contract's files as they lie in the source tree. */
final class ContractFiles {

  static final Path ROOT = Path.of("src/main/resources/contract");
  static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ContractFiles() {}

  static Path schema(EventType type) {
    return ROOT.resolve("schemas").resolve(shortName(type) + ".json");
  }

  static Path example(EventType type) {
    return ROOT.resolve("examples").resolve(shortName(type) + ".json");
  }

  /** The type's name without the namespace, for example {@code launch.requested.v1}. */
  static String shortName(EventType type) {
    return type.typeName().substring(EventType.NAMESPACE.length());
  }

  static JsonNode read(Path file) throws IOException {
    return JSON.readTree(Files.readString(file));
  }

  static String pretty(JsonNode node) throws IOException {
    return JSON.writeValueAsString(node) + "\n";
  }
}
