package dev.wrinklefree.sandbox.wandb.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A parsed GraphQL document.
 *
 * @param operations queries and mutations, in the order in which they stand
 * @param fragments selections by fragment name
 */
record Document(List<Operation> operations, Map<String, List<Selection>> fragments) {

  /**
   * One operation.
   *
   * @param name absent for an anonymous one
   * @param defaults of variables that have one
   */
  record Operation(
      boolean mutation,
      @Nullable String name,
      Map<String, JsonNode> defaults,
      List<Selection> selections) {}

  /** What stands between braces. */
  sealed interface Selection {

    /** What {@code @include} and {@code @skip} say, both of which have one argument. */
    List<Condition> conditions();
  }

  /**
   * A field.
   *
   * @param key its alias, or its name where it has none
   */
  record Field(
      String key,
      String name,
      Map<String, Value> arguments,
      List<Selection> selections,
      List<Condition> conditions)
      implements Selection {}

  /** {@code ...Name}. */
  record Spread(String fragment, List<Condition> conditions) implements Selection {}

  /** {@code ... on Type { }}; the type is not looked at, since the schema has no abstract types. */
  record Inline(List<Selection> selections, List<Condition> conditions) implements Selection {}

  /**
   * A directive.
   *
   * @param included whether the selection counts if the value is true
   */
  record Condition(boolean included, Value value) {}

  /** The value of an argument. */
  sealed interface Value {

    /** Written in the document. */
    record Literal(JsonNode json) implements Value {}

    /** {@code $name}. */
    record Variable(String name) implements Value {}

    /** A list. */
    record Items(List<Value> values) implements Value {}

    /** An input object. */
    record Fields(Map<String, Value> values) implements Value {}
  }
}
