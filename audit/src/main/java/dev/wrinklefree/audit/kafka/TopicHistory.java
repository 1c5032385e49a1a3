package dev.wrinklefree.audit.kafka;

import dev.wrinklefree.audit.history.Extent;
import dev.wrinklefree.audit.history.History;
import dev.wrinklefree.audit.history.HistoryRecord;
import dev.wrinklefree.audit.history.ReadingOrder;
import dev.wrinklefree.audit.history.RecordReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The topics of a live cluster, from their start to where they ended when this was opened. It only
 * reads, and keeps no record, so that memory does not grow with the topics. For one thread.
 */
public final class TopicHistory implements History, AutoCloseable {

  private final PartitionReader<String> partitions;
  private final RecordReader reader = new RecordReader();
  private final ReadProgress progress;
  private final List<Extent> extents;

  private TopicHistory(
      PartitionReader<String> partitions, ReadProgress progress, List<Extent> extents) {
    this.partitions = partitions;
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
    PartitionReader<String> partitions =
        new PartitionReader<>(client, new StringDeserializer(), patience);
    try {
      // Effects before causes: of what is read of an effect, the cause is read too.
      List<Extent> extents = partitions.extents(ReadingOrder.allTopics().reversed());
      return new TopicHistory(
          partitions, progress, extents.stream().sorted(ReadingOrder.OF_EXTENTS).toList());
    } catch (RuntimeException e) {
      partitions.close();
      throw e;
    }
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
    long passed = 0;
    for (Extent extent : extents) {
      long before = passed;
      partitions.read(
          extent,
          record -> taker.accept(reader.read(record)),
          reached -> progress.reached(extent.topic(), before + reached - extent.begin(), total));
      passed += extent.end() - extent.begin();
    }
  }

  @Override
  public void close() {
    partitions.close();
  }
}
