package dev.wrinklefree.monitor.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.contract.cloudevents.ContractJson;

/** Records as the JSON that is stored, and back. */
final class StoredJson {
  private static final ObjectMapper MAPPER = ContractJson.mapper();

  private StoredJson() {}

  static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was recorded cannot be read", e);
    }
  }

  static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what is to be recorded cannot be written", e);
    }
  }
}
