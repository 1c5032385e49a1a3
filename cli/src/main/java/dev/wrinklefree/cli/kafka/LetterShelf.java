package dev.wrinklefree.cli.kafka;

import dev.wrinklefree.audit.deadletter.DeadLetter;
import dev.wrinklefree.audit.deadletter.DeadLetterReader;
import dev.wrinklefree.audit.history.Position;
import dev.wrinklefree.audit.history.RecordReader;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.WfException;
import dev.wrinklefree.contract.topic.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The dead letters of a cluster, for the commands. */
final class LetterShelf implements AutoCloseable {

  private final DeadLetterReader reader;
  private final Map<Topic, Map<Position, Position>> replays = new EnumMap<>(Topic.class);

  LetterShelf(KafkaSettings kafka) {
    this.reader = new DeadLetterReader(kafka.client(), KafkaSettings.PATIENCE);
  }

  /**
   * A dead letter without its value, which may be large.
   *
   * @param bytes size of the value
   * @param replay where it was sent to; null if it was not
   */
  record Entry(DeadLetter letter, long bytes, @Nullable Position replay) {}

  /**
   * The dead letters of a topic or of all.
   *
   * @param topicName a topic's name or that of its dead letters; null for all
   */
  List<Entry> list(@Nullable String topicName) {
    List<Topic> topics =
        topicName == null ? Arrays.asList(Topic.values()) : List.of(topic(topicName));
    List<Entry> entries = new ArrayList<>();
    reader.forEach(
        topics,
        letter ->
            entries.add(
                new Entry(
                    new DeadLetter(
                        letter.id(), letter.storedAt(), letter.key(), letter.headers(), null),
                    letter.value() == null ? 0 : letter.value().length,
                    null)));
    return entries.stream()
        .map(
            entry ->
                new Entry(entry.letter(), entry.bytes(), replay(entry.letter().id()).orElse(null)))
        .toList();
  }

  /**
   * One dead letter.
   *
   * @param id {@code TOPIC/PARTITION/OFFSET}
   */
  DeadLetter get(String id) {
    Position position;
    try {
      position = Position.parse(id);
    } catch (IllegalArgumentException e) {
      throw new WfException(ExitCode.USAGE, e.getMessage() + " as \"wf dead-letters list\" shows.");
    }
    if (RecordReader.deadLettersOf(position.topic()).isEmpty()) {
      throw new WfException(ExitCode.USAGE, position.topic() + " is no topic of dead letters.");
    }
    return reader
        .find(position)
        .orElseThrow(
            () -> new WfException(ExitCode.NOT_FOUND, "there is no dead letter " + position));
  }

  /** Where a dead letter was sent to, if it was. */
  Optional<Position> replay(Position id) {
    return RecordReader.deadLettersOf(id.topic())
        .map(topic -> replays.computeIfAbsent(topic, reader::replaysOf).get(id));
  }

  private static Topic topic(String name) {
    return Topic.named(name)
        .or(() -> RecordReader.deadLettersOf(name))
        .orElseThrow(
            () ->
                new WfException(
                    ExitCode.USAGE,
                    "no topic is called \"%s\"; there are %s."
                        .formatted(
                            name, Arrays.stream(Topic.values()).map(Topic::topicName).toList())));
  }

  @Override
  public void close() {
    reader.close();
  }
}
