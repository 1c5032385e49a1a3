package dev.wrinklefree.sandbox.wandb.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.wrinklefree.sandbox.wandb.graphql.Document.Field;
import dev.wrinklefree.sandbox.wandb.graphql.Document.Inline;
import dev.wrinklefree.sandbox.wandb.graphql.Document.Operation;
import dev.wrinklefree.sandbox.wandb.graphql.Document.Selection;
import dev.wrinklefree.sandbox.wandb.graphql.Document.Spread;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A schema that executes documents. Of introspection it has {@code __typename} and {@code
 * __type(name) { name fields { name } inputFields { name } }}, by which clients learn what a server
 * can do.
 *
 * @param <R> the root object of queries and mutations
 */
public final class Schema<R> {

  private static final ObjectType<String> NAMED =
      new ObjectType<String>("__Field").field("name", name -> name);

  private final ObjectType<R> query;
  private final ObjectType<R> mutation;

  /**
   * A schema.
   *
   * @param types all types but the two roots
   * @param inputFields names of fields by name of an input type
   */
  public Schema(
      ObjectType<R> query,
      ObjectType<R> mutation,
      List<ObjectType<?>> types,
      Map<String, List<String>> inputFields) {
    this.query = query;
    this.mutation = mutation;
    Map<String, Collection<String>> fields = new HashMap<>();
    types.forEach(type -> fields.put(type.name(), type.fieldNames()));
    fields.put(query.name(), query.fieldNames());
    fields.put(mutation.name(), mutation.fieldNames());
    ObjectType<String> introspection =
        new ObjectType<String>("__Type")
            .field("name", name -> name)
            .field("fields", name -> named(fields.get(name)))
            .field("inputFields", name -> named(inputFields.get(name)));
    query.field(
        "__type",
        (root, arguments) -> {
          String name = arguments.requiredText("name");
          boolean known = fields.containsKey(name) || inputFields.containsKey(name);
          return known ? introspection.of(name) : null;
        });
  }

  /**
   * Executes one operation of a document and returns what belongs under {@code data}.
   *
   * @param operationName which of several, or null for the only one
   * @throws GraphQlException if it cannot be read, or asks for what is not there
   */
  public ObjectNode execute(
      R root, String text, Map<String, JsonNode> given, @Nullable String operationName) {
    Document document = DocumentParser.parse(text);
    Operation operation = operation(document, operationName);
    Map<String, JsonNode> variables = new HashMap<>(operation.defaults());
    variables.putAll(given);
    return new Execution(document, new Variables(variables))
        .object((operation.mutation() ? mutation : query).of(root), operation.selections());
  }

  private static Operation operation(Document document, @Nullable String name) {
    return document.operations().stream()
        .filter(operation -> name == null || name.isEmpty() || name.equals(operation.name()))
        .findFirst()
        .orElseThrow(() -> new GraphQlException("Unknown operation named \"" + name + "\"."));
  }

  private static @Nullable List<ObjectType.Value<String>> named(
      @Nullable Collection<String> names) {
    return names == null ? null : names.stream().map(NAMED::of).toList();
  }

  private record Execution(Document document, Variables variables) {

    ObjectNode object(ObjectType.Value<?> value, List<Selection> selections) {
      ObjectNode result = JsonNodeFactory.instance.objectNode();
      select(value, selections, result);
      return result;
    }

    private void select(ObjectType.Value<?> value, List<Selection> selections, ObjectNode result) {
      for (Selection selection : selections) {
        if (!variables.include(selection.conditions())) {
          continue;
        }
        switch (selection) {
          case Field field -> {
            Object resolved = value.field(field.name(), variables.resolve(field.arguments()));
            result.set(field.key(), json(resolved, field));
          }
          case Spread spread -> {
            List<Selection> fragment = document.fragments().get(spread.fragment());
            if (fragment == null) {
              throw new GraphQlException("Unknown fragment \"" + spread.fragment() + "\".");
            }
            select(value, fragment, result);
          }
          case Inline inline -> select(value, inline.selections(), result);
        }
      }
    }

    private JsonNode json(@Nullable Object value, Field field) {
      return switch (value) {
        case null -> NullNode.instance;
        case JsonNode json -> json;
        case String text -> TextNode.valueOf(text);
        case Boolean truth -> JsonNodeFactory.instance.booleanNode(truth);
        case Integer number -> JsonNodeFactory.instance.numberNode(number);
        case Long number -> JsonNodeFactory.instance.numberNode(number);
        case ObjectType.Value<?> object -> {
          if (field.selections().isEmpty()) {
            throw new GraphQlException(
                "Field \"%s\" must have a selection of subfields.".formatted(field.name()));
          }
          yield object(object, field.selections());
        }
        case Collection<?> items -> {
          ArrayNode array = JsonNodeFactory.instance.arrayNode();
          items.forEach(item -> array.add(json(item, field)));
          yield array;
        }
        default -> throw new IllegalStateException("Not a GraphQL value: " + value.getClass());
      };
    }
  }
}
