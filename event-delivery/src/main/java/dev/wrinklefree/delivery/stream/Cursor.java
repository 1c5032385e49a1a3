package dev.wrinklefree.delivery.stream;

import dev.wrinklefree.contract.value.RunId;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far one client has read: the next offset of each partition that its stream covers. A
 * partition that it has no offset of was added after the client began, and is read from its start.
 */
final class Cursor {

  private final String topic;
  private final @Nullable RunId run;
  private final @Nullable Integer onlyPartition;
  private final TreeMap<Integer, Long> next;

  /**
   * @param run the only run that the client wants; all if absent
   * @param onlyPartition the only partition that can have its events; all if absent
   * @param next where to begin
   */
  Cursor(
      String topic, @Nullable RunId run, @Nullable Integer onlyPartition, Map<Integer, Long> next) {
    this.topic = topic;
    this.run = run;
    this.onlyPartition = onlyPartition;
    this.next = new TreeMap<>(next);
  }

  boolean covers(int partition) {
    return onlyPartition == null || onlyPartition == partition;
  }

  boolean wants(StreamedEvent event) {
    return run == null || run.value().equals(event.run());
  }

  @Nullable RunId run() {
    return run;
  }

  long position(int partition) {
    return next.getOrDefault(partition, 0L);
  }

  /** Goes forward; never back, except by {@link #rewind}. */
  void advance(int partition, long offset) {
    next.merge(partition, offset, Math::max);
  }

  /** Goes to where what is left of a partition begins. */
  void rewind(int partition, long offset) {
    next.put(partition, offset);
  }

  /** What the client sends to go on after what it has got. */
  ResumeId id() {
    return new ResumeId(topic, run, next);
  }
}
