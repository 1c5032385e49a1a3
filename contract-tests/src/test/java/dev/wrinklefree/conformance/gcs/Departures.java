package dev.wrinklefree.conformance.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the stand-in is not like the other server, and which of Google's words it follows. */
final class Departures {

  private final JsonNode cases;

  private Departures(JsonNode cases) {
    this.cases = cases;
  }

  /** Reads {@code {case: {"because": …, "standIn": …}}}. */
  static Departures of(Path file) {
    try {
      return new Departures(new ObjectMapper().readTree(Files.readString(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean has(String name) {
    return cases.has(name);
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    cases.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** What the stand-in does. */
  JsonNode standIn(String name) {
    JsonNode departure = cases.path(name);
    if (departure.path("because").asText().isBlank()) {
      throw new AssertionError("nobody says why the stand-in departs in: " + name);
    }
    return departure.path("standIn");
  }
}
