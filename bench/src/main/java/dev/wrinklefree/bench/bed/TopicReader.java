package dev.wrinklefree.bench.bed;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic from its present end on and notes when each record came. */
public final class TopicReader implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<String, byte[]> consumer;

  /** Reads all partitions of a topic that exists. */
  public TopicReader(Bed bed, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bed.kafka(),
                "enable.auto.commit", "false",
                "auto.offset.reset", "earliest",
                "max.poll.records", "5000"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  /**
   * Waits for so many records.
   *
   * @return when each came, by {@link System#nanoTime}
   */
  public long[] await(int count) throws TimeoutException {
    long[] at = new long[count];
    int found = 0;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (found < count) {
      ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
      long now = System.nanoTime();
      if (now > deadline) {
        throw new TimeoutException("%d of %d records came".formatted(found, count));
      }
      if (found + records.count() > count) {
        throw new IllegalStateException("more records came than were awaited");
      }
      for (int i = 0; i < records.count(); i++) {
        at[found++] = now;
      }
    }
    return at;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
