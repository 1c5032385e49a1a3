package dev.wrinklefree.delivery.stream;

import dev.wrinklefree.contract.value.RunId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the broker still has of a topic. */
interface History {

  /**
   * Where a partition begins and ends on the broker.
   *
   * @param oldest the first offset that is kept
   * @param end the offset that the next record will get
   */
  record Bounds(long oldest, long end) {}

  /** The outcome of a read. */
  sealed interface Read {

    /**
     * What was read.
     *
     * @param events those that are wanted, in order
     * @param next the offset after all that was looked at
     */
    record Events(List<StreamedEvent> events, long next) implements Read {}

    /** There is no such offset any more, or not yet. */
    record OutOfRange() implements Read {}

    /** The broker does not answer. */
    record Unavailable() implements Read {}
  }

  /**
   * Reads some events.
   *
   * @param run the only run that is wanted; all if absent
   */
  Read read(String topic, int partition, long from, @Nullable RunId run)
      throws InterruptedException;

  /** The bounds of partitions, or empty if the broker does not answer. */
  Optional<Map<Integer, Bounds>> bounds(String topic, Collection<Integer> partitions)
      throws InterruptedException;
}
