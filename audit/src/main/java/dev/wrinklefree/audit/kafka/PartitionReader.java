package dev.wrinklefree.audit.kafka;

import dev.wrinklefree.audit.history.Extent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads whole partitions, one at a time, as a stranger: no consumer group, no commit, no topic
 * created. No record is kept. For one thread.
 */
public final class PartitionReader<K> implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private static final int MAX_WAIT_MILLIS = 20;

  private final KafkaConsumer<K, byte[]> consumer;
  private final Duration patience;

  /**
   * Connects when first asked.
   *
   * @param client Kafka client properties: {@code bootstrap.servers}, and those of SASL and TLS
   * @param keys reads record keys
   * @param patience how long the broker may stay silent
   */
  public PartitionReader(Map<String, ?> client, Deserializer<K> keys, Duration patience) {
    Map<String, Object> properties = new HashMap<>(client);
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // A record that retention deletes while it is on its way must not end the reading.
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // A fetch at the end of one partition holds up the first of the next for so long.
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, MAX_WAIT_MILLIS);
    properties.put(
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(patience.toMillis()));
    this.consumer = new KafkaConsumer<>(properties, keys, new ByteArrayDeserializer());
    this.patience = patience;
  }

  /**
   * Where topics begin and end now. They are asked one after the other, in the order given; one
   * that the broker does not have is left out.
   *
   * @throws org.apache.kafka.common.KafkaException if the broker cannot be reached or refuses
   */
  public List<Extent> extents(Collection<String> topics) {
    Map<String, List<PartitionInfo>> onBroker = consumer.listTopics();
    List<Extent> extents = new ArrayList<>();
    for (String topic : topics) {
      List<TopicPartition> partitions =
          onBroker.getOrDefault(topic, List.of()).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .sorted(Comparator.comparingInt(TopicPartition::partition))
              .toList();
      // The client warns of offsets that it is told of a partition that it does not have.
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
      for (TopicPartition partition : partitions) {
        extents.add(
            new Extent(
                topic,
                partition.partition(),
                begins.getOrDefault(partition, 0L),
                ends.getOrDefault(partition, 0L)));
      }
    }
    return extents;
  }

  /**
   * Reads a partition as far as the extent goes.
   *
   * @param taker gets each record
   * @param progress gets the offset reached, after each batch
   * @throws org.apache.kafka.common.KafkaException if the broker goes away or stays silent
   */
  public void read(
      Extent extent, Consumer<ConsumerRecord<K, byte[]>> taker, LongConsumer progress) {
    if (extent.begin() >= extent.end()) {
      return;
    }
    TopicPartition partition = new TopicPartition(extent.topic(), extent.partition());
    consumer.assign(List.of(partition));
    consumer.seek(partition, extent.begin());
    long silentSince = System.nanoTime();
    long position = extent.begin();
    while (position < extent.end()) {
      for (ConsumerRecord<K, byte[]> record : consumer.poll(POLL).records(partition)) {
        if (record.offset() < extent.end()) {
          taker.accept(record);
        }
      }
      long reached = consumer.position(partition);
      if (reached > position) {
        silentSince = System.nanoTime();
      } else if (System.nanoTime() - silentSince > patience.toNanos()) {
        throw new TimeoutException(
            "no record of " + partition + " beyond offset " + position + " within " + patience);
      }
      position = reached;
      progress.accept(Math.min(position, extent.end()));
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
