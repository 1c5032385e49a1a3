package dev.wrinklefree.sandbox.demo;

import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.cloudevents.UnreadableEventException;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.sandbox.platform.StartException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads every topic of the contract and picks out what is said of one run. */
final class RunFollower implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final RunId run;
  private final EventCodec codec = new EventCodec();
  private final KafkaConsumer<String, byte[]> consumer;

  RunFollower(String bootstrapServers, RunId run) {
    this.run = run;
    this.consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        Arrays.stream(Topic.values())
            .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /**
   * The events of the run that came since the last call; waits a moment if there are none.
   *
   * @throws StartException if a service published what nobody can read
   */
  List<Event<?>> next() throws StartException {
    List<Event<?>> events = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
      if (run.value().equals(record.key())) {
        events.add(read(record));
      }
    }
    return events;
  }

  @Override
  public void close() {
    consumer.close();
  }

  private Event<?> read(ConsumerRecord<String, byte[]> record) throws StartException {
    try {
      return codec.read(record);
    } catch (UnreadableEventException e) {
      throw new StartException(
          "unreadable record on %s, partition %d, offset %d: %s"
              .formatted(record.topic(), record.partition(), record.offset(), e.getMessage()),
          e);
    }
  }
}
