package dev.wrinklefree.sandbox.wandb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.sandbox.wandb.graphql.GraphQlException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** What is asked of the rows that a run logged. */
final class History {

  private static final int DEFAULT_SAMPLES = 500;

  private History() {}

  /** The last step and how often each key was logged, with which types of values. */
  static ObjectNode keys(List<String> rows) {
    Map<String, Map<String, Integer>> counts = new TreeMap<>();
    long lastStep = -1;
    for (String row : rows) {
      ObjectNode values = ExtendedJson.object(row);
      lastStep = Math.max(lastStep, values.path("_step").asLong(-1));
      values
          .properties()
          .forEach(
              entry ->
                  counts
                      .computeIfAbsent(entry.getKey(), key -> new TreeMap<>())
                      .merge(type(entry.getValue()), 1, Integer::sum));
    }
    ObjectNode result = ExtendedJson.MAPPER.createObjectNode().put("lastStep", lastStep);
    ObjectNode keys = result.putObject("keys");
    counts.forEach(
        (key, types) -> {
          ArrayNode typeCounts = keys.putObject(key).putArray("typeCounts");
          types.forEach(
              (type, count) -> typeCounts.addObject().put("type", type).put("count", count));
        });
    result.putArray("sets");
    return result;
  }

  /** Rows from one step up to another, which is not included, thinned out evenly. */
  static List<String> rows(List<String> rows, long minStep, long maxStep, long samples) {
    List<String> within =
        rows.stream()
            .filter(
                row -> {
                  long step = ExtendedJson.object(row).path("_step").asLong(-1);
                  return step >= minStep && step < maxStep;
                })
            .toList();
    return sampled(within, samples);
  }

  /**
   * The rows that have all keys of a specification, as objects.
   *
   * @param specification JSON with {@code keys}, {@code samples}, {@code minStep}, {@code maxStep};
   *     here the last step is included
   */
  static ArrayNode sampled(List<String> rows, String specification) {
    ObjectNode spec = ExtendedJson.object(specification);
    if (!spec.path("keys").isArray()) {
      throw new GraphQlException("A spec of sampledHistory needs keys");
    }
    List<String> keys = spec.get("keys").valueStream().map(JsonNode::asText).toList();
    long min = spec.path("minStep").asLong(0);
    long max = spec.path("maxStep").asLong(Long.MAX_VALUE);
    List<ObjectNode> having =
        rows.stream()
            .map(ExtendedJson::object)
            .filter(row -> keys.stream().allMatch(row::has))
            .filter(row -> row.path("_step").asLong(-1) >= min)
            .filter(row -> row.path("_step").asLong(-1) <= max)
            .map(row -> row.retain(keys))
            .toList();
    ArrayNode result = ExtendedJson.MAPPER.createArrayNode();
    sampled(having, spec.path("samples").asLong(DEFAULT_SAMPLES)).forEach(result::add);
    return result;
  }

  /** At most so many, the first and the last among them. */
  private static <T> List<T> sampled(List<T> rows, long samples) {
    if (rows.size() <= samples || samples < 2) {
      return samples < 1 ? List.of() : rows.subList(0, (int) Math.min(rows.size(), samples));
    }
    double stride = (rows.size() - 1) / (double) (samples - 1);
    return LongStream.range(0, samples)
        .mapToObj(i -> rows.get((int) Math.round(i * stride)))
        .toList();
  }

  private static String type(JsonNode value) {
    return switch (value.getNodeType()) {
      case NUMBER -> "number";
      case STRING -> "string";
      case BOOLEAN -> "boolean";
      case NULL -> "nil";
      case ARRAY -> "list";
      case OBJECT, POJO, BINARY, MISSING -> "map";
    };
  }
}
