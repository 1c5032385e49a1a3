package dev.wrinklefree.contract.cloudevents;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON from outside, from a topic or by HTTP. It must be what RFC 8259 asks of interchanged
 * JSON, so that every reader, in whatever language, sees the same: UTF-8, no field twice, no half
 * surrogate pairs, no number that becomes infinite; and within {@link ContractJson}'s sizes.
 */
public final class ForeignJson {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private ForeignJson() {}

  /**
   * Reads one JSON object.
   *
   * @throws MalformedJsonException if the bytes are anything else
   */
  public static ObjectNode readObject(byte[] bytes) throws MalformedJsonException {
    JsonNode node;
    try {
      node = ContractJson.shared().readTree(text(bytes));
    } catch (JsonProcessingException e) {
      throw new MalformedJsonException(reason(e));
    }
    if (!(node instanceof ObjectNode object)) {
      throw new MalformedJsonException("the data is not a JSON object");
    }
    Optional<String> half = find(object, "", ForeignJson::isHalfPair);
    if (half.isPresent()) {
      throw new MalformedJsonException(half.get() + " is no text: half a surrogate pair");
    }
    Optional<String> infinite = find(object, "", ForeignJson::isInfinite);
    if (infinite.isPresent()) {
      throw new MalformedJsonException(infinite.get() + " is a number beyond any range");
    }
    return object;
  }

  /** Where a NUL character is, which no database keeps; empty if nowhere. */
  static Optional<String> findNul(JsonNode node) {
    return find(node, "", text -> text.isTextual() && text.textValue().indexOf('\0') >= 0);
  }

  /** Without the parser's own words, which repeat what was given. */
  private static String reason(JsonProcessingException e) {
    String where = where(e.getLocation());
    return switch (e) {
      case StreamConstraintsException tooMuch -> "it is too deep or too long" + where;
      case JsonEOFException end -> "it ends too early" + where;
      case JsonParseException syntax when isDuplicate(syntax) -> "a field is given twice" + where;
      case MismatchedInputException mismatch -> "it is not one JSON value" + where;
      default -> "it is not JSON" + where;
    };
  }

  /** The library has one exception for all that is wrong with the syntax. */
  private static boolean isDuplicate(JsonParseException syntax) {
    return String.valueOf(syntax.getOriginalMessage()).startsWith("Duplicate field");
  }

  private static String where(@Nullable JsonLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : ", at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  /** The parser by itself would guess UTF-16 and UTF-32, and let malformed UTF-8 through. */
  private static String text(byte[] bytes) throws MalformedJsonException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new MalformedJsonException("it is not UTF-8");
    }
  }

  private static boolean isHalfPair(JsonNode node) {
    return node.isTextual()
        && node.textValue()
            .codePoints()
            .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private static boolean isInfinite(JsonNode node) {
    return node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue());
  }

  /** The place of the first such value; a field's name counts as one. */
  private static Optional<String> find(JsonNode node, String path, Predicate<JsonNode> wanted) {
    if (wanted.test(node)) {
      return Optional.of("field " + ForeignText.clean(path));
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      Optional<String> found = find(node.get(i), path + "[" + i + "]", wanted);
      if (found.isPresent()) {
        return found;
      }
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (wanted.test(TextNode.valueOf(field.getKey()))) {
        return Optional.of("the name of a field of " + (path.isEmpty() ? "the data" : path));
      }
      String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
      Optional<String> found = find(field.getValue(), name, wanted);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
