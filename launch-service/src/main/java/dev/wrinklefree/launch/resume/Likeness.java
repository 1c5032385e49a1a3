package dev.wrinklefree.launch.resume;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What two runs must share for one to go on where the other stopped. */
public final class Likeness {

  private Likeness() {}

  /**
   * The same text for the same template, model, mode and parameters, defaults filled in; another
   * for all others.
   */
  public static String of(
      String template,
      @Nullable String model,
      @Nullable String mode,
      Map<String, String> parameters) {
    ObjectNode likeness = JsonNodeFactory.instance.objectNode();
    likeness.put("template", template).put("model", model).put("mode", mode);
    ObjectNode sorted = likeness.putObject("parameters");
    new TreeMap<>(parameters).forEach(sorted::put);
    JsonNode written = likeness;
    return written.toString();
  }
}
