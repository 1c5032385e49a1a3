package dev.wrinklefree.sandbox.wandb;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * JSON as W&amp;B keeps it in strings: {@code NaN}, {@code Infinity} and {@code -Infinity} stand
 * bare, and control characters need no escape.
 */
final class ExtendedJson {

  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .configure(JsonGenerator.Feature.QUOTE_NON_NUMERIC_NUMBERS, false)
          .build();

  private ExtendedJson() {}

  /** An object, or an empty one where the text is none. */
  static ObjectNode object(String text) {
    try {
      return MAPPER.readTree(text) instanceof ObjectNode object
          ? object
          : MAPPER.createObjectNode();
    } catch (JsonProcessingException e) {
      return MAPPER.createObjectNode();
    }
  }

  static String text(JsonNode json) {
    try {
      return MAPPER.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree that cannot be written", e);
    }
  }
}
