package dev.wrinklefree.contract.cloudevents;

import dev.wrinklefree.contract.cloudevents.UnreadableEventException.Code;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.value.RunId;
import io.cloudevents.CloudEvent;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads and checks the attributes of a consumed CloudEvent. */
final class AttributeReader {

  /** An id or a source is a name, not a text; a longer one is a mistake or an attack. */
  private static final int MAX_NAME_LENGTH = 256;

  private AttributeReader() {}

  static EventAttributes read(CloudEvent event, ConsumerRecord<String, byte[]> record)
      throws UnreadableEventException {
    EventType type =
        EventType.named(event.getType())
            .orElseThrow(
                () ->
                    new UnreadableEventException(
                        Code.UNKNOWN_TYPE,
                        "no such event type or version: " + ForeignText.quoted(event.getType())));
    String id = name("id", event.getId());
    String source = name("source", event.getSource().toString());
    return new EventAttributes(
        id,
        source,
        type,
        runId(event, record, type, id, source),
        time(event, record),
        instant(event, Extensions.RECORDED_TIME),
        sequence(event),
        text(event, Extensions.CORRELATION_ID),
        text(event, Extensions.CAUSATION_ID),
        text(event, Extensions.TRACE_PARENT));
  }

  private static RunId runId(
      CloudEvent event,
      ConsumerRecord<String, byte[]> record,
      EventType type,
      String id,
      String source)
      throws UnreadableEventException {
    String subject = event.getSubject();
    String key = record.key();
    String partitionKey = text(event, Extensions.PARTITION_KEY);
    String chosen = subject != null ? subject : key;
    if (chosen == null) {
      if (type == EventType.LAUNCH_REQUESTED) {
        return RunId.derivedFrom(source, id);
      }
      throw new UnreadableEventException(
          Code.BAD_RUN_ID, "neither ce_subject nor the record key names the run");
    }
    if ((key != null && !key.equals(chosen))
        || (partitionKey != null && !partitionKey.equals(chosen))) {
      throw new UnreadableEventException(
          Code.BAD_RUN_ID, "record key, ce_subject and ce_partitionkey must be the same run id");
    }
    if (!RunId.isLegal(chosen)) {
      throw new UnreadableEventException(
          Code.BAD_RUN_ID, ForeignText.quoted(chosen) + " does not match " + RunId.PATTERN);
    }
    return new RunId(chosen);
  }

  /** Where the producer gives no time, the broker's time stamp is the best that is known. */
  private static Instant time(CloudEvent event, ConsumerRecord<String, byte[]> record)
      throws UnreadableEventException {
    OffsetDateTime given = event.getTime();
    Instant time = given != null ? given.toInstant() : Instant.ofEpochMilli(record.timestamp());
    if (!ContractTime.isInRange(time)) {
      throw new UnreadableEventException(
          Code.BAD_ATTRIBUTE,
          (given != null ? "ce_time" : "the record's time stamp, in place of ce_time,")
              + " must be from 1970 to 9999");
    }
    return time;
  }

  private static @Nullable Long sequence(CloudEvent event) throws UnreadableEventException {
    String value = text(event, Extensions.SEQUENCE);
    if (value == null) {
      return null;
    }
    try {
      long sequence = Long.parseLong(value);
      if (sequence < 1) {
        throw new UnreadableEventException(Code.BAD_ATTRIBUTE, "ce_sequence must be at least 1");
      }
      return sequence;
    } catch (NumberFormatException e) {
      throw new UnreadableEventException(
          Code.BAD_ATTRIBUTE,
          "ce_sequence must be a decimal number, not " + ForeignText.quoted(value));
    }
  }

  private static @Nullable Instant instant(CloudEvent event, String extension)
      throws UnreadableEventException {
    Object value = event.getExtension(extension);
    if (value == null) {
      return null;
    }
    return ContractTime.read(value.toString())
        .orElseThrow(
            () ->
                new UnreadableEventException(
                    Code.BAD_ATTRIBUTE,
                    "ce_"
                        + extension
                        + " must be an RFC 3339 time from 1970 to 9999, not "
                        + ForeignText.quoted(value.toString())));
  }

  private static @Nullable String text(CloudEvent event, String extension)
      throws UnreadableEventException {
    Object value = event.getExtension(extension);
    return value == null ? null : name(extension, value.toString());
  }

  private static String name(String attribute, String value) throws UnreadableEventException {
    if (value.isBlank() || value.length() > MAX_NAME_LENGTH) {
      throw new UnreadableEventException(
          Code.BAD_ATTRIBUTE,
          "ce_" + attribute + " must have 1 to " + MAX_NAME_LENGTH + " characters");
    }
    if (value.codePoints().anyMatch(ForeignText::isInvisible)) {
      throw new UnreadableEventException(
          Code.BAD_ATTRIBUTE, "ce_" + attribute + " must not hold invisible characters");
    }
    return value;
  }
}
