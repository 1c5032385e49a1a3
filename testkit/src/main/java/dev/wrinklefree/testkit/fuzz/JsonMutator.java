package dev.wrinklefree.testkit.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Changes a JSON object here and there: most often it stays JSON, and sometimes it does not. */
public final class JsonMutator {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Escapes let half a surrogate pair through, which UTF-8 could not hold. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private JsonMutator() {}

  /** A copy of the object with one to four fields, values or items changed. */
  public static ObjectNode mutated(ObjectNode valid, List<String> fields, SplittableRandom random) {
    ObjectNode copy = valid.deepCopy();
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      change(containers(copy), fields, random);
    }
    return copy;
  }

  /** The object's text, which in one of four cases is no longer that of an object. */
  public static byte[] bytes(ObjectNode object, SplittableRandom random) {
    String json = text(object);
    return switch (random.nextInt(24)) {
      case 0 ->
          json.replaceFirst("\\{", "{\"model\":1,\"model\":2,").getBytes(StandardCharsets.UTF_8);
      case 1 -> json.getBytes(StandardCharsets.UTF_16);
      case 2 -> Arrays.copyOf(utf8(json), random.nextInt(utf8(json).length + 1));
      case 3 -> flipped(utf8(json), random);
      case 4 -> utf8(json + json);
      case 5 -> utf8("{\"a\":" + "[".repeat(1 + random.nextInt(3_000)) + json);
      case 6 -> utf8("{\"a\":" + "9".repeat(1 + random.nextInt(3_000)) + "}");
      case 7 ->
          utf8("{\"model\":" + List.of("NaN", "1e999999", "-", "tru").get(random.nextInt(4)) + "}");
      default -> utf8(json);
    };
  }

  /** Bytes with some changed, anywhere. */
  public static byte[] flipped(byte[] bytes, SplittableRandom random) {
    byte[] copy = bytes.clone();
    for (int flips = 1 + random.nextInt(5); flips > 0 && copy.length > 0; flips--) {
      copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
    }
    return copy;
  }

  /** The object's JSON text. */
  public static String text(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values has a text", e);
    }
  }

  private static void change(
      List<JsonNode> containers, List<String> fields, SplittableRandom random) {
    switch (containers.get(random.nextInt(containers.size()))) {
      case ObjectNode object -> changeField(object, fields, random);
      case ArrayNode array -> changeItem(array, random);
      default -> throw new IllegalStateException("only containers were collected");
    }
  }

  private static void changeField(ObjectNode object, List<String> fields, SplittableRandom random) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    boolean known = !names.isEmpty() && random.nextInt(3) > 0;
    String name =
        known
            ? names.get(random.nextInt(names.size()))
            : random.nextInt(4) > 0
                ? fields.get(random.nextInt(fields.size()))
                : HostileTexts.any(random);
    switch (random.nextInt(5)) {
      case 0 -> object.remove(name);
      case 1 -> object.set(HostileTexts.any(random), object.path(name).deepCopy());
      default -> object.set(name, value(random, 3));
    }
  }

  private static void changeItem(ArrayNode array, SplittableRandom random) {
    if (array.isEmpty() || random.nextBoolean()) {
      array.add(value(random, 3));
    } else if (random.nextBoolean()) {
      array.set(random.nextInt(array.size()), value(random, 3));
    } else {
      array.remove(random.nextInt(array.size()));
    }
  }

  private static JsonNode value(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth > 0 ? 12 : 9)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.numberNode(random.nextInt(-2, 3));
      case 3 -> NODES.numberNode(random.nextLong());
      case 4 -> NODES.numberNode(Double.longBitsToDouble(random.nextLong() & ~(1L << 62)));
      case 5 -> NODES.numberNode(BigInteger.TWO.pow(random.nextInt(1, 700)).negate());
      case 9 -> {
        ArrayNode array = NODES.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(value(random, depth - 1));
        }
        yield array;
      }
      case 10 -> NODES.objectNode().set(HostileTexts.any(random), value(random, depth - 1));
      case 11 -> {
        JsonNode nested = NODES.arrayNode();
        for (int i = random.nextInt(40); i > 0; i--) {
          nested = NODES.arrayNode().add(nested);
        }
        yield nested;
      }
      default -> NODES.textNode(HostileTexts.any(random));
    };
  }

  private static List<JsonNode> containers(JsonNode node) {
    List<JsonNode> containers = new ArrayList<>();
    if (node.isContainerNode()) {
      containers.add(node);
      node.forEach(child -> containers.addAll(containers(child)));
    }
    return containers;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
