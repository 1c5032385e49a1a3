package dev.wrinklefree.audit.history;

import dev.wrinklefree.contract.topic.Topic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** In which order topics are read: causes before effects, dead letters last. */
public final class ReadingOrder {

  private static final List<String> TOPICS = topics();

  /** Puts partitions in the order of reading. */
  public static final Comparator<Extent> OF_EXTENTS =
      Comparator.<Extent>comparingInt(extent -> of(extent.topic()))
          .thenComparingInt(Extent::partition);

  private ReadingOrder() {}

  /** All topics of the contract with their dead-letter topics. */
  public static List<String> allTopics() {
    return TOPICS;
  }

  static int of(String topic) {
    return TOPICS.indexOf(topic);
  }

  private static List<String> topics() {
    List<String> names = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      names.add(topic.topicName());
    }
    for (Topic topic : Topic.values()) {
      names.add(topic.deadLetterName());
    }
    return List.copyOf(names);
  }
}
