package dev.wrinklefree.audit.kafka;

import dev.wrinklefree.audit.history.Extent;
import dev.wrinklefree.audit.history.History;
import dev.wrinklefree.audit.history.HistoryRecord;
import dev.wrinklefree.audit.history.ReadingOrder;
import dev.wrinklefree.audit.history.RecordReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The topics of a live cluster, from their start to where they ended when this was opened. It only
 * reads: no consumer group, no commit. One partition is read at a time and no record is kept, so
 * that memory does not grow with the topics. For one thread.
 */
public final class TopicHistory implements History, AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<String, byte[]> consumer;
  private final RecordReader reader = new RecordReader();
  private final Duration patience;
  private final ReadProgress progress;
  private final List<Extent> extents;

  private TopicHistory(
      KafkaConsumer<String, byte[]> consumer,
      Duration patience,
      ReadProgress progress,
      List<Extent> extents) {
    this.consumer = consumer;
    this.patience = patience;
    this.progress = progress;
    this.extents = List.copyOf(extents);
  }

  /**
   * Notes where the topics begin and end now.
   *
   * @param client Kafka client properties: {@code bootstrap.servers}, and those of SASL and TLS
   * @param patience how long the broker may stay silent
   * @param progress is told how far the reading is
   * @throws org.apache.kafka.common.KafkaException if the broker cannot be reached or refuses
   */
  public static TopicHistory open(Map<String, ?> client, Duration patience, ReadProgress progress) {
    Map<String, Object> properties = new HashMap<>(client);
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(patience.toMillis()));
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    try {
      return new TopicHistory(consumer, patience, progress, extents(consumer));
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  /** Effects before causes: what is read of an effect, its cause is read of too. */
  private static List<Extent> extents(KafkaConsumer<String, byte[]> consumer) {
    Map<String, List<PartitionInfo>> onBroker = consumer.listTopics();
    List<List<Extent>> byTopic = new ArrayList<>();
    for (String topic : ReadingOrder.allTopics().reversed()) {
      List<TopicPartition> partitions =
          onBroker.getOrDefault(topic, List.of()).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .sorted(java.util.Comparator.comparingInt(TopicPartition::partition))
              .toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
      byTopic.add(
          partitions.stream()
              .map(
                  partition ->
                      new Extent(
                          topic,
                          partition.partition(),
                          begins.getOrDefault(partition, 0L),
                          ends.getOrDefault(partition, 0L)))
              .toList());
    }
    return byTopic.reversed().stream().flatMap(List::stream).toList();
  }

  @Override
  public List<Extent> extents() {
    return extents;
  }

  /**
   * Reads all.
   *
   * @throws org.apache.kafka.common.KafkaException if the broker goes away meanwhile
   */
  @Override
  public void forEach(Consumer<HistoryRecord> taker) {
    long total = extents.stream().mapToLong(extent -> extent.end() - extent.begin()).sum();
    long before = 0;
    for (Extent extent : extents) {
      read(extent, before, total, taker);
      before += extent.end() - extent.begin();
    }
  }

  private void read(Extent extent, long before, long total, Consumer<HistoryRecord> taker) {
    if (extent.begin() >= extent.end()) {
      return;
    }
    TopicPartition partition = new TopicPartition(extent.topic(), extent.partition());
    consumer.assign(List.of(partition));
    consumer.seek(partition, extent.begin());
    long silentSince = System.nanoTime();
    long position = extent.begin();
    while (position < extent.end()) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL).records(partition)) {
        if (record.offset() < extent.end()) {
          taker.accept(reader.read(record));
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
      progress.reached(
          extent.topic(), before + Math.min(position, extent.end()) - extent.begin(), total);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
