package dev.wrinklefree.delivery.structured;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes an event as CloudEvents 1.0 does in structured mode: attributes, extensions and data are
 * the members of one JSON object.
 */
public final class StructuredEvent {

  /** The media type of the form. */
  public static final String MEDIA_TYPE = "application/cloudevents+json";

  private static final ObjectMapper MAPPER = ContractJson.mapper();

  private StructuredEvent() {}

  /**
   * The event as JSON.
   *
   * @param attributes under the names that they have on the topic, without {@code ce_}
   * @param data a JSON object, taken over byte by byte
   */
  public static String of(EventAttributes attributes, byte[] data) {
    StringWriter text = new StringWriter(data.length + 512);
    try (JsonGenerator json = MAPPER.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("specversion", "1.0");
      json.writeStringField("id", attributes.id());
      json.writeStringField("source", attributes.source());
      json.writeStringField("type", attributes.type().typeName());
      json.writeStringField("subject", attributes.runId().value());
      json.writeStringField("time", attributes.time().toString());
      json.writeStringField("partitionkey", attributes.runId().value());
      optional(json, "recordedtime", attributes.recordedTime());
      optional(json, "sequence", attributes.sequence());
      optional(json, "correlationid", attributes.correlationId());
      optional(json, "causationid", attributes.causationId());
      optional(json, "traceparent", attributes.traceParent());
      json.writeStringField("datacontenttype", "application/json");
      json.writeFieldName("data");
      json.writeRawValue(new String(data, StandardCharsets.UTF_8));
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string can always be written to", e);
    }
    return text.toString();
  }

  /** Extensions are strings in all forms of ours, the sequence too, as its extension says. */
  private static void optional(JsonGenerator json, String name, @Nullable Object value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value.toString());
    }
  }
}
