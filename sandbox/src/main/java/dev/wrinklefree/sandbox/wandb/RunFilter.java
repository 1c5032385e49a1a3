package dev.wrinklefree.sandbox.wandb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.sandbox.wandb.graphql.GraphQlException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Filters of runs, as W&amp;B takes them: a JSON text in the style of MongoDB. */
final class RunFilter {

  private final RunFields fields;

  RunFilter(RunFields fields) {
    this.fields = fields;
  }

  /**
   * The filter that a text says; an empty object lets all runs through.
   *
   * @throws GraphQlException if it is no object or has an unknown operator
   */
  Predicate<Run> parse(String text) {
    try {
      return all(ExtendedJson.MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      throw new GraphQlException("filters is not JSON");
    }
  }

  private Predicate<Run> all(JsonNode filter) {
    if (!(filter instanceof ObjectNode object)) {
      throw new GraphQlException("A filter has to be an object");
    }
    return object.properties().stream()
        .map(this::clause)
        .reduce(Predicate::and)
        .orElse(run -> true);
  }

  private Predicate<Run> clause(Map.Entry<String, JsonNode> entry) {
    return switch (entry.getKey()) {
      case "$and" -> each(entry.getValue()).reduce(Predicate::and).orElse(run -> true);
      case "$or" -> each(entry.getValue()).reduce(Predicate::or).orElse(run -> false);
      case "$nor" -> each(entry.getValue()).reduce(Predicate::or).orElse(run -> false).negate();
      case "$not" -> all(entry.getValue()).negate();
      default -> {
        Predicate<JsonNode> test = test(entry.getValue());
        yield run -> test.test(fields.value(run, entry.getKey()));
      }
    };
  }

  private Stream<Predicate<Run>> each(JsonNode filters) {
    return filters.valueStream().map(this::all);
  }

  private static Predicate<JsonNode> test(JsonNode condition) {
    if (!(condition instanceof ObjectNode operators)) {
      return equal(condition);
    }
    return operators.properties().stream()
        .map(entry -> operator(entry.getKey(), entry.getValue()))
        .reduce(Predicate::and)
        .orElse(value -> true);
  }

  private static Predicate<JsonNode> operator(String name, JsonNode operand) {
    return switch (name) {
      case "$eq" -> equal(operand);
      case "$ne" -> equal(operand).negate();
      case "$in" -> oneOf(operand);
      case "$nin" -> oneOf(operand).negate();
      case "$gt" -> value -> comparable(value, operand) && compare(value, operand) > 0;
      case "$gte" -> value -> comparable(value, operand) && compare(value, operand) >= 0;
      case "$lt" -> value -> comparable(value, operand) && compare(value, operand) < 0;
      case "$lte" -> value -> comparable(value, operand) && compare(value, operand) <= 0;
      case "$exists" -> value -> value.isMissingNode() != operand.asBoolean();
      case "$regex" -> matching(operand.asText());
      default -> throw new GraphQlException("Unknown filter operator: " + name);
    };
  }

  /** Of a list it is enough that one element is equal. */
  private static Predicate<JsonNode> equal(JsonNode operand) {
    return value ->
        value instanceof ArrayNode array
            ? array.valueStream().anyMatch(item -> same(item, operand))
            : same(value, operand);
  }

  private static Predicate<JsonNode> oneOf(JsonNode operand) {
    return value -> operand.valueStream().anyMatch(item -> equal(item).test(value));
  }

  private static Predicate<JsonNode> matching(String expression) {
    try {
      Pattern pattern = Pattern.compile(expression);
      return value -> value.isTextual() && pattern.matcher(value.textValue()).find();
    } catch (PatternSyntaxException e) {
      throw new GraphQlException("Not a regular expression: " + expression);
    }
  }

  private static boolean same(JsonNode left, JsonNode right) {
    return comparable(left, right) ? compare(left, right) == 0 : left.equals(right);
  }

  private static boolean comparable(JsonNode left, JsonNode right) {
    return (left.isNumber() && right.isNumber()) || (left.isTextual() && right.isTextual());
  }

  /** Numbers by value, texts that are both times by time, other texts by letters. */
  static int compare(JsonNode left, JsonNode right) {
    if (left.isNumber()) {
      return Double.compare(left.doubleValue(), right.doubleValue());
    }
    try {
      return Instant.parse(left.textValue()).compareTo(Instant.parse(right.textValue()));
    } catch (DateTimeParseException e) {
      return left.textValue().compareTo(right.textValue());
    }
  }
}
