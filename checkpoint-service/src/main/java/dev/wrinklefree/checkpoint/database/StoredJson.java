package dev.wrinklefree.checkpoint.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.contract.cloudevents.ContractJson;

/** Contract records in columns of type {@code jsonb}. */
public final class StoredJson {

  private static final ObjectMapper MAPPER = ContractJson.mapper();

  private StoredJson() {}

  /** What was written by {@link #write}. */
  public static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("only our own records are stored", e);
    }
  }

  /** A contract record, to be cast to {@code jsonb}. */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("contract records always have a JSON form", e);
    }
  }
}
