package dev.wrinklefree.audit.history;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A history that somebody has read already. */
public final class RecordedHistory implements History {

  private final List<Extent> extents;
  private final List<HistoryRecord> records;

  private RecordedHistory(List<Extent> extents, List<HistoryRecord> records) {
    this.extents = List.copyOf(extents);
    this.records = List.copyOf(records);
  }

  /** Of records in any order, with partitions that begin at offset 0. */
  public static RecordedHistory of(Collection<ConsumerRecord<String, byte[]>> records) {
    return of(records, Map.of());
  }

  /**
   * Of records in any order.
   *
   * @param begins first offset of the partitions that were truncated, by topic
   */
  public static RecordedHistory of(
      Collection<ConsumerRecord<String, byte[]>> records, Map<String, Long> begins) {
    RecordReader reader = new RecordReader();
    Map<String, Extent> extents = new HashMap<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      extents.merge(
          record.topic() + "/" + record.partition(),
          new Extent(
              record.topic(),
              record.partition(),
              begins.getOrDefault(record.topic(), 0L),
              record.offset() + 1),
          (one, other) -> one.end() > other.end() ? one : other);
    }
    begins.forEach(
        (topic, begin) -> {
          if (extents.values().stream().noneMatch(extent -> extent.topic().equals(topic))) {
            extents.put(topic, new Extent(topic, 0, begin, begin));
          }
        });
    List<HistoryRecord> read =
        records.stream()
            .sorted(
                Comparator.<ConsumerRecord<String, byte[]>>comparingInt(
                        record -> ReadingOrder.of(record.topic()))
                    .thenComparingInt(ConsumerRecord::partition)
                    .thenComparingLong(ConsumerRecord::offset))
            .map(reader::read)
            .toList();
    return new RecordedHistory(List.copyOf(extents.values()), read);
  }

  @Override
  public List<Extent> extents() {
    return extents;
  }

  @Override
  public void forEach(Consumer<HistoryRecord> reader) {
    records.forEach(reader);
  }
}
