package dev.wrinklefree.sandbox.skypilot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a JSON body, notes what does not fit and says it all at once. Unknown fields
 * are ignored. Not lenient: text that looks like a number is no number, unlike for pydantic.
 */
final class BodyFields {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ObjectNode body;
  private final ArrayNode violations = JsonNodeFactory.instance.arrayNode();

  private BodyFields(ObjectNode body) {
    this.body = body;
  }

  static BodyFields parse(byte[] body) {
    JsonNode node;
    try {
      node = MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      ObjectNode violation = violation("json_invalid", "JSON decode error", List.of("body"));
      violation.withArray("loc").add(Math.max(0, e.getLocation().getByteOffset()));
      throw new UnprocessableBodyException(JsonNodeFactory.instance.arrayNode().add(violation));
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory can always be read", e);
    }
    if (!(node instanceof ObjectNode object)) {
      throw new UnprocessableBodyException(
          JsonNodeFactory.instance
              .arrayNode()
              .add(violation("missing", "Field required", List.of("body"))));
    }
    return new BodyFields(object);
  }

  ObjectNode body() {
    return body;
  }

  /** Says what did not fit, if anything did not. */
  void check() {
    if (!violations.isEmpty()) {
      throw new UnprocessableBodyException(violations);
    }
  }

  String requiredText(String name) {
    requireKey(name);
    return Optional.ofNullable(text(name, false)).orElse("");
  }

  /** A field that has to be there and may be null. */
  @Nullable String requiredNullableText(String name) {
    requireKey(name);
    return text(name, true);
  }

  void requireKey(String name) {
    if (!body.has(name)) {
      violations.add(violation("missing", "Field required", List.of("body", name)));
    }
  }

  @Nullable String text(String name) {
    return text(name, true);
  }

  private @Nullable String text(String name, boolean nullable) {
    return value(
        name,
        nullable,
        JsonNode::isTextual,
        JsonNode::textValue,
        "string_type",
        "Input should be a valid string");
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(
        value(
            name,
            false,
            JsonNode::isBoolean,
            JsonNode::booleanValue,
            "bool_type",
            "Input should be a valid boolean"));
  }

  /** A flag that is true when it is left out. */
  boolean flagOrTrue(String name) {
    return !body.has(name) || flag(name);
  }

  @Nullable Integer integer(String name) {
    return value(
        name,
        true,
        JsonNode::canConvertToInt,
        JsonNode::intValue,
        body.path(name).isTextual() ? "int_parsing" : "int_type",
        "Input should be a valid integer");
  }

  @Nullable Double number(String name) {
    return value(
        name,
        true,
        JsonNode::isNumber,
        JsonNode::doubleValue,
        "float_type",
        "Input should be a valid number");
  }

  @Nullable List<String> texts(String name) {
    return list(name, JsonNode::isTextual, JsonNode::textValue);
  }

  @Nullable List<Integer> integers(String name) {
    return list(name, JsonNode::canConvertToInt, JsonNode::intValue);
  }

  /** Text to text; empty optional when the field is left out. */
  Optional<Map<String, String>> variables(String name) {
    JsonNode node = body.get(name);
    if (node == null) {
      return Optional.empty();
    }
    Map<String, String> variables = new LinkedHashMap<>();
    if (!(node instanceof ObjectNode object)) {
      violations.add(
          violation("dict_type", "Input should be a valid dictionary", List.of("body", name)));
      return Optional.of(variables);
    }
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      if (entry.getValue().isTextual()) {
        variables.put(entry.getKey(), entry.getValue().textValue());
      } else {
        violations.add(
            violation(
                "string_type",
                "Input should be a valid string",
                List.of("body", name, entry.getKey())));
      }
    }
    return Optional.of(variables);
  }

  private <T> @Nullable List<T> list(
      String name, Predicate<JsonNode> fits, Function<JsonNode, T> read) {
    JsonNode node = body.get(name);
    if (node == null || node.isNull()) {
      return null;
    }
    List<T> items = new ArrayList<>();
    if (!node.isArray()) {
      violations.add(violation("list_type", "Input should be a valid list", List.of("body", name)));
      return items;
    }
    for (JsonNode item : node) {
      if (fits.test(item)) {
        items.add(read.apply(item));
      } else {
        violations.add(violation("type_error", "Input is of another type", List.of("body", name)));
      }
    }
    return items;
  }

  private <T> @Nullable T value(
      String name,
      boolean nullable,
      Predicate<JsonNode> fits,
      Function<JsonNode, T> read,
      String type,
      String message) {
    JsonNode node = body.get(name);
    if (node == null || (node.isNull() && nullable)) {
      return null;
    }
    if (!fits.test(node)) {
      violations.add(violation(type, message, List.of("body", name)).set("input", node));
      return null;
    }
    return read.apply(node);
  }

  private static ObjectNode violation(String type, String message, List<String> location) {
    ObjectNode violation = JsonNodeFactory.instance.objectNode();
    violation.put("type", type);
    ArrayNode loc = violation.putArray("loc");
    location.forEach(loc::add);
    violation.put("msg", message);
    violation.putNull("input");
    return violation;
  }
}
