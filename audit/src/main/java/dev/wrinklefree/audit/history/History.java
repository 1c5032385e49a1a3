package dev.wrinklefree.audit.history;

import java.util.List;
import java.util.function.Consumer;

/** All that the contract's topics hold. */
public interface History {

  /** The partitions that are read, and how far. */
  List<Extent> extents();

  /**
   * Hands over each record once: topic by topic in the order of {@code Topic.values()}, then the
   * dead letters; within a topic partition by partition, within a partition in order.
   */
  void forEach(Consumer<HistoryRecord> reader);
}
