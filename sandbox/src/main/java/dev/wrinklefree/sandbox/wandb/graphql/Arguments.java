package dev.wrinklefree.sandbox.wandb.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The arguments of a field, or an input object; null counts as absent. */
public record Arguments(ObjectNode values) {

  /** A text. */
  public Optional<String> text(String name) {
    return value(name).map(JsonNode::asText);
  }

  /** A text that has to be there. */
  public String requiredText(String name) {
    return text(name)
        .orElseThrow(() -> new GraphQlException("Argument \"" + name + "\" is required."));
  }

  /** A number. */
  public Optional<Long> number(String name) {
    return value(name).map(JsonNode::asLong);
  }

  /** A list of texts. */
  public Optional<List<String>> texts(String name) {
    return value(name)
        .map(
            array -> {
              List<String> texts = new ArrayList<>();
              array.forEach(item -> texts.add(item.asText()));
              return texts;
            });
  }

  /** The input object that a mutation takes. */
  public Arguments input() {
    if (values.get("input") instanceof ObjectNode input) {
      return new Arguments(input);
    }
    throw new GraphQlException("Argument \"input\" is required.");
  }

  private Optional<JsonNode> value(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isNull());
  }
}
