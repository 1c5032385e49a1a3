package dev.wrinklefree.audit.history;

import dev.wrinklefree.contract.topic.Topic;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What the broker may have deleted: of each truncated partition, all before its first record. An
 * absence is only a loss where nothing was deleted.
 */
public final class Retention {

  private final Map<String, Map<Integer, Instant>> horizons = new HashMap<>();

  /** Of the partitions that are read; {@link #observe} tells how far their records go back. */
  public Retention(Collection<Extent> extents) {
    for (Extent extent : extents) {
      if (extent.isTruncated()) {
        horizons
            .computeIfAbsent(extent.topic(), topic -> new HashMap<>())
            .put(extent.partition(), Instant.MAX);
      }
    }
  }

  /** Each record is to be shown, in the order of reading. */
  public void observe(HistoryRecord record) {
    Map<Integer, Instant> ofTopic = horizons.get(record.position().topic());
    if (ofTopic != null) {
      ofTopic.computeIfPresent(
          record.position().partition(),
          (partition, first) -> first.isBefore(record.storedAt()) ? first : record.storedAt());
    }
  }

  /** Whether any record of the topic was deleted. */
  public boolean isTruncated(Topic topic) {
    return horizons.containsKey(topic.topicName());
  }

  /** Whether a record that was stored at that time or later may have been deleted. */
  public boolean mayHaveDeleted(Topic topic, Instant storedAt) {
    return mayHaveDeleted(topic.topicName(), storedAt);
  }

  /** The same for any topic, such as one of dead letters. */
  public boolean mayHaveDeleted(String topicName, Instant storedAt) {
    return horizons.getOrDefault(topicName, Map.of()).values().stream()
        .anyMatch(first -> !storedAt.isAfter(first));
  }
}
