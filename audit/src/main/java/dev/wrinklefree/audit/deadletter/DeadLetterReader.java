package dev.wrinklefree.audit.deadletter;

import dev.wrinklefree.audit.history.DeadLetterHeaders;
import dev.wrinklefree.audit.history.Extent;
import dev.wrinklefree.audit.history.Position;
import dev.wrinklefree.audit.kafka.PartitionReader;
import dev.wrinklefree.contract.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the dead letters of a cluster, and which of them were sent again. For one thread. */
public final class DeadLetterReader implements AutoCloseable {

  private final PartitionReader<byte[]> partitions;

  /**
   * Connects when first asked.
   *
   * @param client Kafka client properties: {@code bootstrap.servers}, and those of SASL and TLS
   * @param patience how long the broker may stay silent
   */
  public DeadLetterReader(Map<String, ?> client, Duration patience) {
    this.partitions = new PartitionReader<>(client, new ByteArrayDeserializer(), patience);
  }

  /**
   * Hands over every dead letter of these topics, in their order.
   *
   * @throws org.apache.kafka.common.KafkaException if the broker cannot be reached or refuses
   */
  public void forEach(Collection<Topic> topics, Consumer<DeadLetter> taker) {
    List<String> names = topics.stream().map(Topic::deadLetterName).toList();
    for (Extent extent : partitions.extents(names)) {
      partitions.read(extent, record -> taker.accept(DeadLetter.of(record)), reached -> {});
    }
  }

  /**
   * The dead letter at that place.
   *
   * @return empty if there is none, or none any more
   * @throws org.apache.kafka.common.KafkaException if the broker cannot be reached or refuses
   */
  public Optional<DeadLetter> find(Position id) {
    List<DeadLetter> found = new ArrayList<>();
    for (Extent extent : partitions.extents(List.of(id.topic()))) {
      if (extent.partition() == id.partition()
          && id.offset() >= extent.begin()
          && id.offset() < extent.end()) {
        partitions.read(
            new Extent(id.topic(), id.partition(), id.offset(), id.offset() + 1),
            record -> found.add(DeadLetter.of(record)),
            reached -> {});
      }
    }
    return found.stream().findFirst();
  }

  /**
   * Where dead letters of a topic were sent to, the last time; reads the whole topic.
   *
   * @return by the dead letter's place
   * @throws org.apache.kafka.common.KafkaException if the broker cannot be reached or refuses
   */
  public Map<Position, Position> replaysOf(Topic topic) {
    Map<Position, Position> replays = new HashMap<>();
    for (Extent extent : partitions.extents(List.of(topic.topicName()))) {
      partitions.read(
          extent,
          record ->
              replayed(DeadLetterHeaders.text(record.headers(), DeadLetterHeaders.REPLAY_OF))
                  .ifPresent(
                      letter ->
                          replays.put(
                              letter,
                              new Position(record.topic(), record.partition(), record.offset()))),
          reached -> {});
    }
    return replays;
  }

  private static Optional<Position> replayed(Optional<String> header) {
    try {
      return header.map(Position::parse);
    } catch (IllegalArgumentException e) {
      // Anyone may write such a header.
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    partitions.close();
  }
}
