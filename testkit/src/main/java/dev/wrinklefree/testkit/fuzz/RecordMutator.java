package dev.wrinklefree.testkit.fuzz;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.cloudevents.ForeignJson;
import dev.wrinklefree.contract.cloudevents.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * Makes hostile records of valid events: in the data, in the headers, or in the bytes of either.
 */
public final class RecordMutator {

  private static final List<String> HEADERS =
      List.of(
          "ce_id",
          "ce_source",
          "ce_specversion",
          "ce_type",
          "ce_subject",
          "ce_time",
          "ce_partitionkey",
          "ce_sequence",
          "ce_correlationid",
          "ce_causationid",
          "ce_recordedtime",
          "ce_traceparent",
          "ce_dataschema",
          "ce_datacontenttype",
          "ce_",
          "ce_é",
          "content-type",
          "Content-Type",
          "CE_ID");

  private final EventCodec codec = new EventCodec();

  /**
   * A hostile relative of a valid event.
   *
   * @param fields names that mean something in such data
   */
  public ProducerRecord<String, byte[]> mutated(
      Event<?> valid, List<String> fields, SplittableRandom random) {
    return mutated(codec.write(valid), fields, random);
  }

  /** The same of a record; its headers are changed in place. */
  public ProducerRecord<String, byte[]> mutated(
      ProducerRecord<String, byte[]> record, List<String> fields, SplittableRandom random) {
    return switch (random.nextInt(8)) {
      case 0 -> withHeaders(record, random);
      case 1 -> withBody(record, JsonMutator.flipped(record.value(), random));
      case 2 -> withBody(withHeaders(record, random), body(record, fields, random));
      default -> withBody(record, body(record, fields, random));
    };
  }

  /** The record as a consumer gets it. */
  public static ConsumerRecord<String, byte[]> consumed(ProducerRecord<String, byte[]> record) {
    return new ConsumerRecord<>(
        record.topic(),
        0,
        0,
        record.timestamp() == null ? 0 : record.timestamp(),
        TimestampType.CREATE_TIME,
        0,
        0,
        record.key(),
        record.value(),
        record.headers(),
        Optional.empty());
  }

  private static byte[] body(
      ProducerRecord<String, byte[]> record, List<String> fields, SplittableRandom random) {
    try {
      ObjectNode valid = ForeignJson.readObject(record.value());
      return JsonMutator.bytes(JsonMutator.mutated(valid, fields, random), random);
    } catch (MalformedJsonException e) {
      throw new IllegalStateException("the codec writes what it can read", e);
    }
  }

  private static ProducerRecord<String, byte[]> withBody(
      ProducerRecord<String, byte[]> record, byte @Nullable [] body) {
    return new ProducerRecord<>(record.topic(), null, record.key(), body, record.headers());
  }

  private static ProducerRecord<String, byte[]> withHeaders(
      ProducerRecord<String, byte[]> record, SplittableRandom random) {
    @Nullable String key = record.key();
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      String name = HEADERS.get(random.nextInt(HEADERS.size()));
      switch (random.nextInt(6)) {
        case 0 -> record.headers().remove(name);
        case 1 -> record.headers().add(new RecordHeader(name, bytes(random)));
        case 2 -> record.headers().remove(name).add(new RecordHeader(name, (byte[]) null));
        case 3 -> truncate(record, name, random);
        case 4 -> key = random.nextBoolean() ? null : HostileTexts.any(random);
        default -> record.headers().remove(name).add(new RecordHeader(name, bytes(random)));
      }
    }
    return new ProducerRecord<>(record.topic(), null, key, record.value(), record.headers());
  }

  private static void truncate(
      ProducerRecord<String, byte[]> record, String name, SplittableRandom random) {
    Header header = record.headers().lastHeader(name);
    if (header != null && header.value() != null) {
      byte[] value = Arrays.copyOf(header.value(), random.nextInt(header.value().length + 1));
      record.headers().remove(name).add(name, value);
    }
  }

  private static byte[] bytes(SplittableRandom random) {
    if (random.nextInt(4) > 0) {
      return HostileTexts.any(random).getBytes(StandardCharsets.UTF_8);
    }
    byte[] bytes = new byte[random.nextInt(40)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) random.nextInt(256);
    }
    return bytes;
  }
}
