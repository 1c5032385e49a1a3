package dev.wrinklefree.sandbox.wandb.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.sandbox.wandb.graphql.Document.Condition;
import dev.wrinklefree.sandbox.wandb.graphql.Document.Value;
import java.util.List;
import java.util.Map;

/** The variables of one request, and the values that follow from them. */
record Variables(Map<String, JsonNode> values) {

  JsonNode resolve(Value value) {
    return switch (value) {
      case Value.Literal literal -> literal.json();
      case Value.Variable variable -> values.getOrDefault(variable.name(), NullNode.instance);
      case Value.Items items -> {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        items.values().forEach(item -> array.add(resolve(item)));
        yield array;
      }
      case Value.Fields fields -> {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        fields.values().forEach((name, field) -> object.set(name, resolve(field)));
        yield object;
      }
    };
  }

  Arguments resolve(Map<String, Value> arguments) {
    return new Arguments((ObjectNode) resolve(new Value.Fields(arguments)));
  }

  boolean include(List<Condition> conditions) {
    return conditions.stream()
        .allMatch(condition -> resolve(condition.value()).asBoolean() == condition.included());
  }
}
