package dev.wrinklefree.delivery.stream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The newest events of one topic, for all its clients at once. Bounded by weight: what falls out at
 * the old end is still on the broker, and a client that has not seen it reads it there.
 */
final class TopicWindow {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final long maxWeight;
  private final TreeMap<Integer, Part> parts = new TreeMap<>();
  private final ArrayDeque<StreamedEvent> arrivals = new ArrayDeque<>();
  private long weight;
  private long arrived;
  private long changes;
  private int generation;

  /**
   * @param maxWeight of all its events, in bytes; the newest one is kept however heavy it is
   */
  TopicWindow(long maxWeight) {
    this.maxWeight = maxWeight;
  }

  /** One partition: its events from {@code start}, all there were before {@code end}. */
  private static final class Part {
    private final TreeMap<Long, Arrival> events = new TreeMap<>();
    private long start;
    private long end;

    Part(long at) {
      start = at;
      end = at;
    }
  }

  private record Arrival(long number, StreamedEvent event) {}

  /** Adds partitions, each of which will be followed from that offset on. */
  void follow(Map<Integer, Long> from) {
    lock.lock();
    try {
      if (parts.isEmpty()) {
        generation++;
      }
      from.forEach((partition, offset) -> parts.putIfAbsent(partition, new Part(offset)));
      signal();
    } finally {
      lock.unlock();
    }
  }

  /** Forgets everything, since the broker's topic is not what it was. */
  void clear() {
    lock.lock();
    try {
      parts.clear();
      arrivals.clear();
      weight = 0;
      signal();
    } finally {
      lock.unlock();
    }
  }

  /** The next event of a partition. */
  void add(StreamedEvent event) {
    lock.lock();
    try {
      Part part = part(event.partition());
      part.events.put(event.offset(), new Arrival(arrived++, event));
      part.end = event.offset() + 1;
      arrivals.add(event);
      weight += event.weight();
      while (weight > maxWeight && arrivals.size() > 1) {
        StreamedEvent oldest = arrivals.remove();
        weight -= oldest.weight();
        Part from = part(oldest.partition());
        from.events.remove(oldest.offset());
        from.start = oldest.offset() + 1;
      }
      signal();
    } finally {
      lock.unlock();
    }
  }

  /** The partition is known up to that offset: what was before it and is not here is no event. */
  void passed(int partition, long end) {
    lock.lock();
    try {
      Part part = part(partition);
      part.end = Math.max(part.end, end);
    } finally {
      lock.unlock();
    }
  }

  /** The next offset of each partition; empty before the topic is known. */
  Map<Integer, Long> ends() {
    lock.lock();
    try {
      Map<Integer, Long> ends = new HashMap<>();
      parts.forEach((partition, part) -> ends.put(partition, part.end));
      return ends;
    } finally {
      lock.unlock();
    }
  }

  /** How often the topic has been found; another number means that positions must be checked. */
  int generation() {
    lock.lock();
    try {
      return parts.isEmpty() ? 0 : generation;
    } finally {
      lock.unlock();
    }
  }

  /** Looks for what comes after the cursor, in order of arrival, and moves it behind that. */
  Look next(Cursor cursor) {
    lock.lock();
    try {
      if (parts.isEmpty()) {
        return new Look.Closed();
      }
      @Nullable Arrival first = null;
      for (Map.Entry<Integer, Part> entry : parts.entrySet()) {
        int partition = entry.getKey();
        if (!cursor.covers(partition)) {
          continue;
        }
        if (cursor.position(partition) < entry.getValue().start) {
          return new Look.Behind(partition, cursor.position(partition));
        }
        Arrival candidate = wanted(cursor, partition, entry.getValue());
        if (candidate != null && (first == null || candidate.number() < first.number())) {
          first = candidate;
        }
      }
      if (first == null) {
        return new Look.AtEnd();
      }
      cursor.advance(first.event().partition(), first.event().offset() + 1);
      return new Look.Found(first.event());
    } finally {
      lock.unlock();
    }
  }

  /** How often something changed; taken before looking, so that no change is missed. */
  long changes() {
    lock.lock();
    try {
      return changes;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a change after {@code seen}, or for at most that time. */
  void await(long seen, Duration atMost) throws InterruptedException {
    long nanos = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (changes == seen && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets all who wait look again. */
  void wake() {
    lock.lock();
    try {
      signal();
    } finally {
      lock.unlock();
    }
  }

  /** The first event at or after the cursor that it wants; the cursor passes over the others. */
  private static @Nullable Arrival wanted(Cursor cursor, int partition, Part part) {
    Map.Entry<Long, Arrival> entry = part.events.ceilingEntry(cursor.position(partition));
    while (entry != null && !cursor.wants(entry.getValue().event())) {
      cursor.advance(partition, entry.getKey() + 1);
      entry = part.events.higherEntry(entry.getKey());
    }
    if (entry == null) {
      cursor.advance(partition, part.end);
      return null;
    }
    return entry.getValue();
  }

  private Part part(int partition) {
    Part part = parts.get(partition);
    if (part == null) {
      throw new IllegalStateException("partition " + partition + " is not followed");
    }
    return part;
  }

  private void signal() {
    changes++;
    changed.signalAll();
  }
}
