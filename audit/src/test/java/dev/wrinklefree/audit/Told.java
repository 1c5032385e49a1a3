package dev.wrinklefree.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.value.RunId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** A record of a history that is being made up, every part of which a test can spoil. */
final class Told {

  private static final EventCodec CODEC = new EventCodec();

  String topic;
  int partition;
  Instant storedAt;
  EventType type;
  RunId run;
  String source;
  String id;
  Instant time;
  @Nullable Long sequence;
  @Nullable String correlation;
  @Nullable String cause;
  ObjectNode data;

  /** Set on the record after it was encoded; a null removes. */
  final Map<String, @Nullable String> headers = new LinkedHashMap<>();

  /** Instead of the data; null for the data. */
  byte @Nullable [] value;

  /** Instead of the run id; null for the run id. */
  @Nullable Optional<String> key;

  Told(EventType type, RunId run, String source, String id, Instant time, ObjectNode data) {
    this.topic = type.topic().topicName();
    this.partition = Math.floorMod(run.hashCode(), 6);
    this.storedAt = time;
    this.type = type;
    this.run = run;
    this.source = source;
    this.id = id;
    this.time = time;
    this.data = data;
  }

  Told copy() {
    Told copy = new Told(type, run, source, id, time, data.deepCopy());
    copy.topic = topic;
    copy.partition = partition;
    copy.storedAt = storedAt;
    copy.sequence = sequence;
    copy.correlation = correlation;
    copy.cause = cause;
    copy.headers.putAll(headers);
    copy.value = value;
    copy.key = key;
    return copy;
  }

  ConsumerRecord<String, byte[]> at(long offset) {
    EventAttributes attributes =
        new EventAttributes(
            id, source, type, run, time, time.plusMillis(40), sequence, correlation, cause, null);
    ProducerRecord<String, byte[]> written =
        CODEC.write(attributes, data.toString().getBytes(StandardCharsets.UTF_8));
    RecordHeaders all = new RecordHeaders(written.headers());
    headers.forEach(
        (name, text) -> {
          all.remove(name);
          if (text != null) {
            all.add(name, text.getBytes(StandardCharsets.UTF_8));
          }
        });
    return new ConsumerRecord<>(
        topic,
        partition,
        offset,
        storedAt.toEpochMilli(),
        TimestampType.CREATE_TIME,
        0,
        0,
        key == null ? run.value() : key.orElse(null),
        value == null ? written.value() : value,
        all,
        Optional.empty());
  }
}
