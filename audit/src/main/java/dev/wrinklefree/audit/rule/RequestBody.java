package dev.wrinklefree.audit.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.audit.history.Fingerprint;
import java.util.Map;
import java.util.TreeMap;

/** What makes two requests the same, whatever the order of their fields and their white space. */
final class RequestBody {

  /** Escapes also make half a surrogate pair writable. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private RequestBody() {}

  /** Two deliveries of one event: a null differs from an absent field. */
  static Fingerprint asDelivered(JsonNode body) {
    return Fingerprint.of(text(canonical(body, true)));
  }

  /** Two requests for the same run: a null is an absent field. */
  static Fingerprint asMeant(JsonNode body) {
    return Fingerprint.of(text(canonical(body, false)));
  }

  private static String text(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree has a text", e);
    }
  }

  private static JsonNode canonical(JsonNode node, boolean withNulls) {
    if (node.isObject()) {
      Map<String, JsonNode> members = new TreeMap<>();
      node.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
      ObjectNode sorted = JsonNodeFactory.instance.objectNode();
      members.forEach(
          (name, value) -> {
            if (withNulls || !value.isNull()) {
              sorted.set(name, canonical(value, withNulls));
            }
          });
      return sorted;
    }
    if (node.isArray()) {
      ArrayNode items = JsonNodeFactory.instance.arrayNode();
      node.forEach(item -> items.add(canonical(item, withNulls)));
      return items;
    }
    return node;
  }
}
