package dev.wrinklefree.cli.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event, from Kafka or from a service's stream. Anybody may publish requests, so that nothing is
 * sure to be there.
 *
 * @param at when it happened; when it was stored if it does not say
 * @param topic where it was published
 * @param runId which run it is about; "" if it does not say
 * @param type its CloudEvents type; "" if it has none
 * @param source its CloudEvents source
 * @param id its CloudEvents id
 * @param data what it says; null where that is no JSON
 */
public record ToldEvent(
    Instant at,
    String topic,
    String runId,
    String type,
    String source,
    String id,
    @Nullable JsonNode data) {

  /** That time, or the other one where it is none. */
  public static Instant time(@Nullable String text, Instant otherwise) {
    if (text == null) {
      return otherwise;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      return otherwise;
    }
  }

  /** The same for programs, on one line. */
  public String json() {
    ObjectNode document = ContractJson.mapper().createObjectNode();
    document.put("time", at.toString()).put("topic", topic).put("runId", runId);
    document.put("type", type).put("source", source).put("id", id);
    document.set("data", data);
    return document.toString();
  }
}
