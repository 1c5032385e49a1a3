package dev.wrinklefree.cost.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values that are kept as JSON in one column. */
final class Columns {

  // One for all columns: a new mapper has to learn each type again.
  private static final ObjectMapper MAPPER = ContractJson.mapper();

  private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};

  private Columns() {}

  static @Nullable String write(@Nullable Object value) {
    try {
      return value == null ? null : MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record is always written", e);
    }
  }

  static <T> @Nullable T read(@Nullable String column, Class<T> type) {
    try {
      return column == null ? null : MAPPER.readValue(column, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a column holds no " + type.getSimpleName(), e);
    }
  }

  static Map<String, String> strings(@Nullable String column) {
    try {
      return column == null ? Map.of() : MAPPER.readValue(column, STRINGS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a column holds no JSON object of strings", e);
    }
  }
}
