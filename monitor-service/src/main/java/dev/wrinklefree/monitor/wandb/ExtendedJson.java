package dev.wrinklefree.monitor.wandb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * JSON as W&amp;B writes it: bare {@code NaN} and {@code Infinity}, and control characters in
 * strings. It is only ever read.
 */
final class ExtendedJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .build();

  private ExtendedJson() {}

  /** The object that the text is, if it is one whole object. */
  static Optional<ObjectNode> object(String text) {
    try {
      return MAPPER.readTree(text) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** An object that is there as such, or as a string that holds it. */
  static Optional<ObjectNode> nested(JsonNode node) {
    return node instanceof ObjectNode object
        ? Optional.of(object)
        : Optional.of(node)
            .filter(JsonNode::isTextual)
            .map(JsonNode::textValue)
            .flatMap(ExtendedJson::object);
  }

  static ObjectNode newObject() {
    return MAPPER.createObjectNode();
  }
}
