package dev.wrinklefree.cost.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Labels as one column: a JSON object of strings, absent where there are none. */
final class Labels {

  private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};

  private Labels() {}

  static @Nullable String write(Map<String, String> labels) {
    try {
      return labels.isEmpty() ? null : ContractJson.mapper().writeValueAsString(labels);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings are always written", e);
    }
  }

  static Map<String, String> read(@Nullable String column) {
    try {
      return column == null ? Map.of() : ContractJson.mapper().readValue(column, STRINGS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the labels of a run are no JSON object of strings", e);
    }
  }
}
