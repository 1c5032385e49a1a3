package dev.wrinklefree.conformance.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Takes out of an answer what differs from one call to the next: ids, times, colours, versions.
 * What is left must be the same wherever the contract is kept.
 */
public final class Plain {

  private static final Pattern COLOUR = Pattern.compile("\\u001B\\[[0-9;]*m");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /** Epoch seconds of this century. */
  private static final double EARLIEST_TIME = 1_000_000_000;

  private Plain() {}

  /** The same tree with members in order and without what differs from call to call. */
  public static JsonNode of(JsonNode node) {
    if (node instanceof ObjectNode object) {
      Map<String, JsonNode> members = new TreeMap<>();
      object.properties().forEach(member -> members.put(member.getKey(), of(member.getValue())));
      ObjectNode plain = JsonNodeFactory.instance.objectNode();
      members.forEach(plain::set);
      return plain;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode plain = JsonNodeFactory.instance.arrayNode();
      array.forEach(item -> plain.add(of(item)));
      return plain;
    }
    if (node.isNumber() && node.doubleValue() > EARLIEST_TIME) {
      return TextNode.valueOf("<time>");
    }
    return node.isTextual() ? TextNode.valueOf(of(node.textValue())) : node;
  }

  /** The text without colours, its ids replaced. */
  public static String of(String text) {
    return UUID.matcher(COLOUR.matcher(text).replaceAll("")).replaceAll("<uuid>");
  }

  /** Member names, each with the JSON type of its value. */
  public static ObjectNode shape(JsonNode object) {
    ObjectNode shape = JsonNodeFactory.instance.objectNode();
    types(object).forEach(shape::put);
    return shape;
  }

  private static Map<String, String> types(JsonNode object) {
    Map<String, String> types = new TreeMap<>();
    object
        .properties()
        .forEach(
            member ->
                types.put(
                    member.getKey(),
                    member.getValue().getNodeType().name().toLowerCase(Locale.ROOT)));
    return types;
  }
}
