package dev.wrinklefree.launch.header;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A mapping of a header, read by the types of its keys; what has another type is told by path. */
final class Block {

  /** The word that says that a job does not have something at all. */
  private static final String NONE = "none";

  private final ObjectNode node;
  private final String path;

  private Block(ObjectNode node, String path) {
    this.node = node;
    this.path = path;
  }

  static Block of(JsonNode node, String path) throws BadHeaderException {
    if (node instanceof ObjectNode object) {
      return new Block(object, path);
    }
    throw new BadHeaderException(path, "must be a mapping");
  }

  String path(String key) {
    return path + "." + key;
  }

  BadHeaderException bad(String key, String reason) {
    return new BadHeaderException(path(key), reason);
  }

  boolean has(String key) {
    return node.hasNonNull(key);
  }

  /** Whether the key's value is the word {@value #NONE}. */
  boolean isNone(String key) {
    return is(key, NONE);
  }

  boolean is(String key, String word) {
    return node.path(key).isTextual() && node.path(key).textValue().equals(word);
  }

  JsonNode node(String key) {
    return node.path(key);
  }

  Optional<String> text(String key) throws BadHeaderException {
    return has(key) ? Optional.of(textOf(node.get(key), path(key))) : Optional.empty();
  }

  String requiredText(String key) throws BadHeaderException {
    return text(key).orElseThrow(() -> bad(key, "is required"));
  }

  Optional<String> text(String key, Pattern form) throws BadHeaderException {
    Optional<String> text = text(key);
    if (text.isPresent() && !form.matcher(text.get()).matches()) {
      throw bad(key, "must match " + form.pattern());
    }
    return text;
  }

  /** A value that a job gets as text: a string, or what has one text only. */
  Optional<String> scalar(String key) throws BadHeaderException {
    return has(key) ? Optional.of(scalarOf(node.get(key), path(key))) : Optional.empty();
  }

  boolean bool(String key, boolean otherwise) throws BadHeaderException {
    if (!has(key)) {
      return otherwise;
    }
    if (!node.get(key).isBoolean()) {
      throw bad(key, "must be true or false");
    }
    return node.get(key).booleanValue();
  }

  Optional<Integer> positive(String key) throws BadHeaderException {
    if (!has(key)) {
      return Optional.empty();
    }
    JsonNode value = node.get(key);
    if (!value.isInt() || value.intValue() < 1) {
      throw bad(key, "must be an integer of at least 1");
    }
    return Optional.of(value.intValue());
  }

  Optional<Block> block(String key) throws BadHeaderException {
    return has(key) ? Optional.of(of(node.get(key), path(key))) : Optional.empty();
  }

  /** The mappings of a mapping, or of a list, each with its name or number. */
  List<Map.Entry<String, Block>> blocks(String key) throws BadHeaderException {
    List<Map.Entry<String, Block>> blocks = new ArrayList<>();
    if (!has(key)) {
      return blocks;
    }
    JsonNode value = node.get(key);
    if (value.isArray()) {
      for (JsonNode item : value) {
        String where = path(key) + "[" + blocks.size() + "]";
        blocks.add(Map.entry(where, of(item, where)));
      }
      return blocks;
    }
    if (!value.isObject()) {
      throw bad(key, "must be a mapping");
    }
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      String where = path(key) + "." + entry.getKey();
      blocks.add(Map.entry(entry.getKey(), of(entry.getValue(), where)));
    }
    return blocks;
  }

  /** A list of texts; one text alone is a list of one. */
  List<String> texts(String key) throws BadHeaderException {
    List<String> texts = new ArrayList<>();
    if (!has(key)) {
      return texts;
    }
    JsonNode value = node.get(key);
    if (!value.isArray()) {
      texts.add(scalarOf(value, path(key)));
      return texts;
    }
    for (JsonNode item : value) {
      String where = path(key) + "[" + texts.size() + "]";
      String text = scalarOf(item, where);
      if (texts.contains(text)) {
        throw new BadHeaderException(where, "is listed twice");
      }
      texts.add(text);
    }
    return texts;
  }

  List<String> keys() {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /** Every key but these is a mistake: a misspelt one must not be passed over in silence. */
  void refuseOthers(String... known) throws BadHeaderException {
    for (String key : keys()) {
      if (!List.of(known).contains(key)) {
        throw bad(key, "is unknown; known here: " + String.join(", ", known));
      }
    }
  }

  private static String textOf(JsonNode value, String where) throws BadHeaderException {
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw new BadHeaderException(where, "must be a text");
    }
    if (value.textValue().codePoints().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
      throw new BadHeaderException(where, "must not hold control characters");
    }
    return value.textValue();
  }

  private static String scalarOf(JsonNode value, String where) throws BadHeaderException {
    if (value.isFloatingPointNumber()) {
      throw new BadHeaderException(where, "must be quoted: a number loses its digits");
    }
    if (value.isTextual() && value.textValue().isEmpty()) {
      return "";
    }
    return value.isIntegralNumber() || value.isBoolean() ? value.asText() : textOf(value, where);
  }
}
