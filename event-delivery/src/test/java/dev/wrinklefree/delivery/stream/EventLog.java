package dev.wrinklefree.delivery.stream;

import dev.wrinklefree.contract.value.RunId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A topic in memory. */
final class EventLog implements History {

  private final List<List<StreamedEvent>> partitions = new ArrayList<>();
  private final List<StreamedEvent> all = new ArrayList<>();
  private long oldest;

  EventLog(int partitionCount) {
    for (int i = 0; i < partitionCount; i++) {
      partitions.add(new ArrayList<>());
    }
  }

  StreamedEvent append(int partition, String run) {
    List<StreamedEvent> events = partitions.get(partition);
    StreamedEvent event =
        new StreamedEvent(partition, events.size(), run, "type", "{\"n\":" + all.size() + "}");
    events.add(event);
    all.add(event);
    return event;
  }

  List<StreamedEvent> all() {
    return all;
  }

  Map<Integer, Long> starts() {
    Map<Integer, Long> starts = new HashMap<>();
    for (int i = 0; i < partitions.size(); i++) {
      starts.put(i, 0L);
    }
    return starts;
  }

  /** Forgets every partition's events before that offset. */
  void cut(long before) {
    oldest = before;
  }

  /** Two at most, so that one look needs many reads. */
  @Override
  public Read read(String topic, int partition, long from, @Nullable RunId run) {
    List<StreamedEvent> events = partitions.get(partition);
    if (from < oldest || from > events.size()) {
      return new Read.OutOfRange();
    }
    long next = Math.min(from + 2, events.size());
    return new Read.Events(
        events.subList((int) from, (int) next).stream()
            .filter(event -> run == null || run.value().equals(event.run()))
            .toList(),
        next);
  }

  @Override
  public Optional<Map<Integer, Bounds>> bounds(String topic, Collection<Integer> wanted) {
    Map<Integer, Bounds> bounds = new HashMap<>();
    wanted.forEach(
        partition -> bounds.put(partition, new Bounds(oldest, partitions.get(partition).size())));
    return Optional.of(bounds);
  }
}
