package dev.wrinklefree.conformance.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Many rows in few words: what differs is told by its column. */
public final class Digest {

  private static final int DIGITS = 6;
  private static final int DECIMALS = 3;

  private Digest() {}

  /** How many rows, the first and the last job of them, and a hash of each column's values. */
  public static ObjectNode of(JsonNode rows) {
    Map<String, MessageDigest> columns = new TreeMap<>();
    List<JsonNode> all = new ArrayList<>();
    rows.forEach(
        row -> {
          JsonNode plain = plain(row);
          all.add(plain);
          plain
              .properties()
              .forEach(
                  cell ->
                      columns
                          .computeIfAbsent(cell.getKey(), name -> sha256())
                          .update((cell.getValue() + "\n").getBytes(StandardCharsets.UTF_8)));
        });
    ObjectNode digest = JsonNodeFactory.instance.objectNode().put("rows", all.size());
    if (!all.isEmpty()) {
      digest.set("first", all.getFirst().path("job_id"));
      digest.set("last", all.getLast().path("job_id"));
    }
    digest.put(
        "columns",
        columns.entrySet().stream()
            .map(e -> e.getKey() + ":" + hex(e.getValue().digest()).substring(0, DIGITS))
            .collect(Collectors.joining(" ")));
    return digest;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** Members in order, numbers with as many decimals as matter. */
  private static JsonNode plain(JsonNode node) {
    if (node instanceof ObjectNode object) {
      Map<String, JsonNode> members = new TreeMap<>();
      object.properties().forEach(m -> members.put(m.getKey(), plain(m.getValue())));
      ObjectNode plain = JsonNodeFactory.instance.objectNode();
      members.forEach(plain::set);
      return plain;
    }
    if (node.isNumber()) {
      BigDecimal rounded =
          new BigDecimal(node.asText())
              .setScale(DECIMALS, RoundingMode.HALF_UP)
              .stripTrailingZeros();
      return TextNode.valueOf(rounded.toPlainString());
    }
    return node;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
