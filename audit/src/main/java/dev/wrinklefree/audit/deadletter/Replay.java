package dev.wrinklefree.audit.deadletter;

import dev.wrinklefree.audit.history.DeadLetterHeaders;
import dev.wrinklefree.audit.history.HistoryRecord;
import dev.wrinklefree.audit.history.Position;
import dev.wrinklefree.audit.history.RecordReader;
import dev.wrinklefree.audit.history.UnreadableRecord;
import dev.wrinklefree.contract.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as the record that it was, for the topic where it was, with a header more that
 * names the dead letter. Its CloudEvents identity is the same as before; no consumer knows it,
 * since what fails leaves no trace in an inbox.
 *
 * @param letter the dead letter
 * @param topic where it goes
 * @param body instead of the value that it had; absent to leave it
 */
public record Replay(DeadLetter letter, Topic topic, @Nullable Body body) {

  /**
   * A corrected body.
   *
   * @param bytes the record's new value
   */
  public record Body(byte[] bytes) {}

  /**
   * @throws IllegalArgumentException if a fact is to get another body: it would say something else
   *     under an id that others have read already
   */
  public Replay {
    if (body != null && topic != Topic.LAUNCH_REQUESTED && topic != Topic.CANCEL_REQUESTED) {
      throw new IllegalArgumentException("only requests can be sent again with another body");
    }
  }

  /**
   * The replay of a dead letter to its own topic.
   *
   * @return empty if the place is none of the contract's dead-letter topics
   */
  public static Optional<Replay> of(DeadLetter letter, @Nullable Body body) {
    return RecordReader.deadLettersOf(letter.id().topic())
        .map(topic -> new Replay(letter, topic, body));
  }

  /** The record to produce. */
  public ProducerRecord<byte @Nullable [], byte @Nullable []> record() {
    RecordHeaders headers = new RecordHeaders();
    for (Header header : letter.recordHeaders()) {
      if (!header.key().equals(DeadLetterHeaders.REPLAY_OF)) {
        headers.add(header);
      }
    }
    headers.add(
        DeadLetterHeaders.REPLAY_OF, letter.id().toString().getBytes(StandardCharsets.UTF_8));
    return new ProducerRecord<>(
        topic.topicName(),
        null,
        null,
        letter.key(),
        body == null ? letter.value() : body.bytes(),
        headers);
  }

  /**
   * Why it would become a dead letter again, by this program's reading of the contract.
   *
   * @return empty if it can be read; that its handler will succeed cannot be foreseen
   */
  public Optional<String> foreseenProblem() {
    ProducerRecord<byte @Nullable [], byte @Nullable []> record = record();
    byte[] key = record.key();
    HistoryRecord read =
        new RecordReader()
            .read(
                new ConsumerRecord<>(
                    record.topic(),
                    0,
                    0,
                    letter.storedAt().toEpochMilli(),
                    TimestampType.CREATE_TIME,
                    0,
                    0,
                    key == null ? null : new String(key, StandardCharsets.UTF_8),
                    record.value(),
                    record.headers(),
                    Optional.empty()));
    return read instanceof UnreadableRecord unreadable
        ? Optional.of(unreadable.reason())
        : Optional.empty();
  }

  /** The dead letter's place. */
  public Position id() {
    return letter.id();
  }
}
