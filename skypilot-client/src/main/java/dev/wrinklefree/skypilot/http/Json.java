package dev.wrinklefree.skypilot.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON as SkyPilot writes it: Python adds NaN and Infinity to the numbers. */
public final class Json {
  /**
   * A queue of 10,000 jobs is 23 MB inside ONE string, since results are encoded twice; Jackson's
   * own limit is 20 MB.
   */
  private static final int MAX_STRING_CHARS = 256 * 1024 * 1024;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(MAX_STRING_CHARS).build())
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private static final byte[] BEFORE = "{\"\":0".getBytes(StandardCharsets.UTF_8);

  private Json() {}

  /** An empty object to fill. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** The document, or nothing if the text is none. */
  public static Optional<JsonNode> parse(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** The document in a part of some bytes, or nothing if they are none. */
  static Optional<JsonNode> parse(byte[] bytes, int from, int length) {
    try {
      JsonNode node = MAPPER.readTree(bytes, from, length);
      return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Where the members of an object are in a part of some bytes. They are passed over, which costs a
   * fraction of reading them. Nothing if it is no object or cannot be read to its end.
   *
   * @param expected a text that one of them may be, which is then not even passed over
   */
  static Optional<Map<String, JsonSlice>> members(
      byte[] bytes, int from, int length, @Nullable JsonSlice expected) {
    Map<String, JsonSlice> members = new HashMap<>();
    try (JsonParser parser = MAPPER.createParser(bytes, from, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      String name = parser.nextFieldName();
      while (name != null) {
        parser.nextToken();
        int start = from + offset(parser);
        if (expected != null
            && parser.currentToken() == JsonToken.VALUE_STRING
            && expected.stands(bytes, start, from + length)) {
          byte[] rest = behind(bytes, start + expected.length(), from + length);
          members.put(name, expected);
          return members(rest, 0, rest.length, null).map(others -> joined(members, others));
        }
        parser.skipChildren();
        String next = parser.nextFieldName();
        members.put(name, new JsonSlice(bytes, start, end(bytes, from + offset(parser))));
        name = next;
      }
      return parser.currentToken() == JsonToken.END_OBJECT
          ? Optional.of(members)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * What comes behind a member, as an object: in place of all before it, it has {@link #BEFORE}.
   */
  private static byte[] behind(byte[] bytes, int from, int to) {
    byte[] rest = Arrays.copyOf(BEFORE, BEFORE.length + to - from);
    System.arraycopy(bytes, from, rest, BEFORE.length, to - from);
    return rest;
  }

  private static Map<String, JsonSlice> joined(
      Map<String, JsonSlice> before, Map<String, JsonSlice> behind) {
    behind.remove("");
    before.putAll(behind);
    return before;
  }

  /** Where the parser's token begins. */
  private static int offset(JsonParser parser) throws IOException {
    long offset = parser.currentTokenLocation().getByteOffset();
    if (offset < 0) {
      throw new IOException("not in UTF-8");
    }
    return Math.toIntExact(offset);
  }

  /** The end of a value that is followed by what begins there. */
  private static int end(byte[] bytes, int next) {
    int end = next;
    while (isBetweenValues(bytes[end - 1])) {
      end--;
    }
    return end;
  }

  private static boolean isBetweenValues(byte character) {
    return switch (character) {
      case ' ', '\t', '\r', '\n', ',' -> true;
      default -> false;
    };
  }
}
