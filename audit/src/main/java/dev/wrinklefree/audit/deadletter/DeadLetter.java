package dev.wrinklefree.audit.deadletter;

import dev.wrinklefree.audit.history.DeadLetterHeaders;
import dev.wrinklefree.audit.history.Position;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record that a consumer set aside, with all that it had.
 *
 * @param id where it is now
 * @param storedAt when it was set aside
 * @param key record key, as bytes
 * @param headers all headers: those of the record, and those that say why it is here
 * @param value the record's value, unchanged
 */
public record DeadLetter(
    Position id,
    Instant storedAt,
    byte @Nullable [] key,
    Headers headers,
    byte @Nullable [] value) {

  static DeadLetter of(ConsumerRecord<byte[], byte[]> record) {
    return new DeadLetter(
        new Position(record.topic(), record.partition(), record.offset()),
        Instant.ofEpochMilli(record.timestamp()),
        record.key(),
        record.headers(),
        record.value());
  }

  /** Why it is here, beginning with a machine code. */
  public String reason() {
    return DeadLetterHeaders.text(headers, DeadLetterHeaders.REASON).orElse("");
  }

  /** Where the record was; empty if the dead letter does not say it. */
  public Optional<Position> origin() {
    return Optional.ofNullable(DeadLetterHeaders.origin(headers));
  }

  /** The record's own headers. */
  public List<Header> recordHeaders() {
    return java.util.Arrays.stream(headers.toArray())
        .filter(header -> !header.key().startsWith(DeadLetterHeaders.PREFIX))
        .toList();
  }
}
