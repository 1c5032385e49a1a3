package dev.wrinklefree.conformance.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the real server was seen to do, by case, kept in the source tree. */
public final class Recording {

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private final Path file;
  private final ObjectNode cases;

  private Recording(Path file, ObjectNode cases) {
    this.file = file;
    this.cases = cases;
  }

  /** Reads a recording; a file that is missing has no cases. */
  public static Recording of(Path file) {
    try {
      return new Recording(
          file,
          Files.exists(file)
              ? (ObjectNode) MAPPER.readTree(Files.readString(file))
              : MAPPER.createObjectNode());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was seen, as text that can be compared line by line; empty if nothing was. */
  public String of(String name) {
    return cases.has(name) ? text(cases.get(name)) : "";
  }

  /** Keeps what is seen now. */
  public void keep(String name, JsonNode seen) {
    try {
      cases.set(name, MAPPER.readTree(text(seen)));
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text(cases) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An observation as text that can be compared line by line. */
  public static String text(JsonNode seen) {
    try {
      return MAPPER.writeValueAsString(MAPPER.treeToValue(seen, Object.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
