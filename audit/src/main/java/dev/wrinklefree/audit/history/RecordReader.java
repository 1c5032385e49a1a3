package dev.wrinklefree.audit.history;

import dev.wrinklefree.audit.history.EventRecord.RunNames;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.cloudevents.RawEvent;
import dev.wrinklefree.contract.cloudevents.UnreadableEventException;
import dev.wrinklefree.contract.event.EventData;
import dev.wrinklefree.contract.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads a record of one of the contract's topics by the contract's own codec. */
public final class RecordReader {

  private static final Map<String, Topic> DEAD_LETTER_TOPICS = deadLetterTopics();

  private final EventCodec codec = new EventCodec();

  /**
   * Reads any record; one that breaks the contract is a result, not a failure.
   *
   * @throws IllegalArgumentException if its topic is none of the contract's
   */
  public HistoryRecord read(ConsumerRecord<String, byte[]> record) {
    Position position = new Position(record.topic(), record.partition(), record.offset());
    Instant storedAt = Instant.ofEpochMilli(record.timestamp());
    Topic setAside = DEAD_LETTER_TOPICS.get(record.topic());
    if (setAside != null) {
      return deadLetter(record, position, storedAt, setAside);
    }
    Topic topic =
        Topic.named(record.topic())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(record.topic() + " is no topic of the contract"));
    try {
      return event(record, position, storedAt, topic);
    } catch (UnreadableEventException e) {
      return new UnreadableRecord(
          position,
          storedAt,
          topic,
          record.key(),
          String.valueOf(e.getMessage()),
          value(record.value()));
    }
  }

  private EventRecord event(
      ConsumerRecord<String, byte[]> record, Position position, Instant storedAt, Topic topic)
      throws UnreadableEventException {
    RawEvent raw = codec.readRaw(record);
    return new EventRecord(
        position,
        storedAt,
        new RunNames(
            record.key(),
            DeadLetterHeaders.text(record.headers(), "ce_subject").orElse(null),
            DeadLetterHeaders.text(record.headers(), "ce_partitionkey").orElse(null)),
        raw.attributes(),
        raw.data(),
        data(raw, topic),
        content(raw.attributes(), record.value()),
        DeadLetterHeaders.text(record.headers(), DeadLetterHeaders.REPLAY_OF).orElse(null));
  }

  /** A launch request is answered field by field, so what is wrong in its data is no defect. */
  private @Nullable EventData data(RawEvent raw, Topic topic) throws UnreadableEventException {
    try {
      return codec.typed(raw, raw.attributes().type().dataClass());
    } catch (UnreadableEventException e) {
      if (topic == Topic.LAUNCH_REQUESTED) {
        return null;
      }
      throw e;
    }
  }

  private static DeadLetterRecord deadLetter(
      ConsumerRecord<String, byte[]> record, Position position, Instant storedAt, Topic topic) {
    return new DeadLetterRecord(
        position,
        storedAt,
        topic,
        record.key(),
        DeadLetterHeaders.origin(record.headers()),
        DeadLetterHeaders.text(record.headers(), DeadLetterHeaders.REASON).orElse("no reason"),
        value(record.value()));
  }

  private static Fingerprint content(EventAttributes attributes, byte @Nullable [] value) {
    Fingerprint body = value(value);
    return Fingerprint.of(
        attributes.toString(), Long.toString(body.high()), Long.toString(body.low()));
  }

  private static Fingerprint value(byte @Nullable [] value) {
    return value == null
        ? Fingerprint.of("no value")
        : Fingerprint.of(value.length == 0 ? "empty".getBytes(StandardCharsets.UTF_8) : value);
  }

  private static Map<String, Topic> deadLetterTopics() {
    Map<String, Topic> topics = new HashMap<>();
    Arrays.stream(Topic.values()).forEach(topic -> topics.put(topic.deadLetterName(), topic));
    return Map.copyOf(topics);
  }

  /** The topic whose dead letters are on the topic of that name. */
  public static Optional<Topic> deadLettersOf(String topicName) {
    return Optional.ofNullable(DEAD_LETTER_TOPICS.get(topicName));
  }
}
