package dev.wrinklefree.contract.cloudevents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.contract.cloudevents.UnreadableEventException.Code;
import dev.wrinklefree.contract.event.EventData;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.topic.Topic;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * CloudEvents 1.0 in Kafka's binary mode, both ways: attributes are {@code ce_…} record headers,
 * the value is the data as JSON, the key is the run id.
 */
public final class EventCodec {

  /** Largest data of an event, in bytes: 256 KiB, a hundred times a usual request. */
  public static final int MAX_DATA_BYTES = 256 * 1024;

  private static final String JSON = "application/json";

  private final ObjectMapper mapper = ContractJson.shared();

  /** Writes an event as the record for its type's topic. */
  public ProducerRecord<String, byte[]> write(Event<?> event) {
    return write(event.attributes(), dataBytes(event.data()));
  }

  /** Writes an event whose data is JSON already, as the outbox keeps it. */
  public ProducerRecord<String, byte[]> write(EventAttributes attributes, byte[] data) {
    return write(Envelope.of(attributes), data);
  }

  /** Writes an event of any type whose data is JSON already. */
  public ProducerRecord<String, byte[]> write(Envelope attributes, byte[] data) {
    String run = attributes.runId().value();
    CloudEventBuilder builder =
        CloudEventBuilder.v1()
            .withId(attributes.id())
            .withSource(URI.create(attributes.source()))
            .withType(attributes.type())
            .withSubject(run)
            .withTime(attributes.time().atOffset(ZoneOffset.UTC))
            .withExtension(Extensions.PARTITION_KEY, run)
            .withData(JSON, data);
    if (attributes.recordedTime() != null) {
      builder.withExtension(
          Extensions.RECORDED_TIME, attributes.recordedTime().atOffset(ZoneOffset.UTC));
    }
    if (attributes.sequence() != null) {
      builder.withExtension(Extensions.SEQUENCE, attributes.sequence().toString());
    }
    withText(builder, Extensions.CORRELATION_ID, attributes.correlationId());
    withText(builder, Extensions.CAUSATION_ID, attributes.causationId());
    withText(builder, Extensions.TRACE_PARENT, attributes.traceParent());
    return KafkaMessageFactory.<String>createWriter(attributes.topic(), run)
        .writeBinary(builder.build());
  }

  /** The JSON bytes of an event's data. */
  public byte[] dataBytes(EventData data) {
    try {
      return mapper.writeValueAsBytes(data);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("contract records always have a JSON form", e);
    }
  }

  /**
   * Reads attributes and JSON, without checking the data against its type.
   *
   * @param record as consumed from one of the contract's topics
   * @throws UnreadableEventException if the record is no such event; the record is then a dead
   *     letter
   */
  public RawEvent readRaw(ConsumerRecord<String, byte[]> record) throws UnreadableEventException {
    CloudEvent cloudEvent = cloudEvent(record);
    EventAttributes attributes = AttributeReader.read(cloudEvent, record);
    if (!attributes.type().topic().topicName().equals(record.topic())
        && Topic.named(record.topic()).isPresent()) {
      throw new UnreadableEventException(
          Code.UNKNOWN_TYPE,
          attributes.type().typeName() + " does not belong on topic " + record.topic());
    }
    return new RawEvent(attributes, json(record.value()));
  }

  /**
   * Reads an event whole.
   *
   * @param record as consumed from one of the contract's topics
   * @throws UnreadableEventException if the record is no such event; the record is then a dead
   *     letter
   */
  public Event<?> read(ConsumerRecord<String, byte[]> record) throws UnreadableEventException {
    RawEvent raw = readRaw(record);
    EventType type = raw.attributes().type();
    return new Event<>(raw.attributes(), typed(raw, type.dataClass()));
  }

  /**
   * The data of a raw event as its record.
   *
   * @throws UnreadableEventException if a required field is missing or one has a wrong type
   */
  public <D extends EventData> D typed(RawEvent raw, Class<D> dataClass)
      throws UnreadableEventException {
    Optional<String> nul = ForeignJson.findNul(raw.data());
    if (nul.isPresent()) {
      throw new UnreadableEventException(Code.BAD_DATA, nul.get() + " has a NUL character");
    }
    try {
      D data = mapper.treeToValue(raw.data(), dataClass);
      RequiredFields.check(data);
      return data;
    } catch (JsonProcessingException e) {
      throw new UnreadableEventException(Code.BAD_DATA, DataReasons.of(e));
    } catch (IllegalArgumentException e) {
      throw new UnreadableEventException(Code.BAD_DATA, String.valueOf(e.getMessage()));
    }
  }

  private static CloudEvent cloudEvent(ConsumerRecord<String, byte[]> record)
      throws UnreadableEventException {
    byte[] value = record.value();
    if (value != null && value.length > MAX_DATA_BYTES) {
      throw new UnreadableEventException(
          Code.TOO_LARGE,
          "data has " + value.length + " bytes, at most " + MAX_DATA_BYTES + " are read");
    }
    HeaderRules.check(record.headers());
    try {
      CloudEvent event = KafkaMessageFactory.createReader(record).toEvent();
      if (event.getSpecVersion() != SpecVersion.V1) {
        throw new UnreadableEventException(
            Code.NOT_A_CLOUD_EVENT, "ce_specversion must be " + SpecVersion.V1);
      }
      return event;
    } catch (CloudEventRWException | IllegalArgumentException | IllegalStateException e) {
      throw new UnreadableEventException(
          Code.NOT_A_CLOUD_EVENT,
          "CloudEvents 1.0 in binary mode (ce_id, ce_source, ce_specversion, ce_type headers) is"
              + " needed: "
              + firstLine(e.getMessage()));
    }
  }

  private static JsonNode json(byte @Nullable [] value) throws UnreadableEventException {
    if (value == null || value.length == 0) {
      throw new UnreadableEventException(Code.BAD_JSON, "the record has no data");
    }
    try {
      return ForeignJson.readObject(value);
    } catch (MalformedJsonException e) {
      throw new UnreadableEventException(Code.BAD_JSON, String.valueOf(e.getMessage()));
    }
  }

  private static void withText(CloudEventBuilder builder, String name, @Nullable String value) {
    if (value != null) {
      builder.withExtension(name, value);
    }
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "no detail" : message.lines().findFirst().orElse("no detail");
  }
}
