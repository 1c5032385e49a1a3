package dev.wrinklefree.bench.jobs;

import dev.wrinklefree.contract.topic.Topic;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What is on {@code job-state}, read by a plain consumer. */
public final class ToldChanges implements AutoCloseable {

  private static final Duration STEP = Duration.ofMillis(100);
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final KafkaConsumer<String, byte[]> consumer;

  /** Reads from the beginning of the topic, which must be there. */
  public ToldChanges(String kafka) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(
        consumer.partitionsFor(Topic.JOB_STATE.topicName()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList());
    consumer.seekToBeginning(consumer.assignment());
  }

  /**
   * Reads on until that many runs were told of since the last call.
   *
   * @return what the state of each was told by, in bytes of all records
   * @throws IllegalStateException if that takes minutes
   */
  public long awaitRuns(int count) {
    Set<String> runs = new HashSet<>();
    long bytes = 0;
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (runs.size() < count) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(STEP)) {
        runs.add(record.key());
        bytes += record.serializedValueSize();
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "%d of %d runs were told of within %d s"
                .formatted(runs.size(), count, LIMIT.toSeconds()));
      }
    }
    return bytes;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
