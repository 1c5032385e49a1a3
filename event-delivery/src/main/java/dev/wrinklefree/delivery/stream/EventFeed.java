package dev.wrinklefree.delivery.stream;

import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * One client's way through a topic: from the window while it keeps up, from the broker where it is
 * behind. It holds at most one read of older events. Used by one thread; {@link #close} by any.
 */
final class EventFeed implements AutoCloseable {

  /** Between questions to a broker that does not answer. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Topic topic;
  private final @Nullable RunId run;
  private final StartAt start;
  private final TopicWindow window;
  private final History history;
  private final Runnable atEnd;
  private final ArrayDeque<Signal> signals = new ArrayDeque<>();
  private final ArrayDeque<StreamedEvent> older = new ArrayDeque<>();
  private long olderNext;
  private @Nullable Cursor cursor;
  private int generation;
  private boolean closed;

  /**
   * @param run the only run that is wanted; all if absent
   * @param atEnd called once, when the feed is closed
   */
  EventFeed(
      Topic topic,
      @Nullable RunId run,
      StartAt start,
      TopicWindow window,
      History history,
      Runnable atEnd) {
    this.topic = topic;
    this.run = run;
    this.start = start;
    this.window = window;
    this.history = history;
    this.atEnd = atEnd;
  }

  /** What one look around brought. */
  private sealed interface Step {
    record Say(Signal signal) implements Step {}

    record Again() implements Step {}

    record Wait(Duration atMost) implements Step {}
  }

  /** The next signal; {@link Signal.Idle} if there was none in that time. */
  Signal next(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (!isClosed()) {
      Duration left = Duration.ofNanos(end - System.nanoTime());
      if (!left.isPositive()) {
        return new Signal.Idle(cursor == null ? null : cursor.id());
      }
      long seen = window.changes();
      switch (step()) {
        case Step.Say say -> {
          return say.signal();
        }
        case Step.Again ignored -> {}
        case Step.Wait wait ->
            window.await(seen, wait.atMost().compareTo(left) < 0 ? wait.atMost() : left);
      }
    }
    return new Signal.End();
  }

  /** Ends the stream; {@link #next} returns at once. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    atEnd.run();
    window.wake();
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private Step step() throws InterruptedException {
    Signal signal = signals.poll();
    if (signal != null) {
      return new Step.Say(signal);
    }
    Cursor at = cursor;
    if (at == null || window.generation() != generation) {
      return place();
    }
    if (!older.isEmpty()) {
      return new Step.Say(takeOlder(at));
    }
    return switch (window.next(at)) {
      case Look.Found found -> new Step.Say(new Signal.Event(at.id(), found.event()));
      case Look.AtEnd ignored -> new Step.Wait(Duration.ofDays(1));
      case Look.Closed ignored -> new Step.Wait(Duration.ofDays(1));
      case Look.Behind behind -> readOlder(at, behind);
    };
  }

  private Signal takeOlder(Cursor at) {
    StreamedEvent event = older.remove();
    at.advance(event.partition(), older.isEmpty() ? olderNext : event.offset() + 1);
    return new Signal.Event(at.id(), event);
  }

  private Step readOlder(Cursor at, Look.Behind behind) throws InterruptedException {
    return switch (history.read(topic.topicName(), behind.partition(), behind.offset(), run)) {
      case History.Read.Events read -> {
        if (read.events().isEmpty()) {
          at.advance(behind.partition(), read.next());
        }
        older.addAll(read.events());
        olderNext = read.next();
        yield new Step.Again();
      }
      case History.Read.OutOfRange ignored -> check(at);
      case History.Read.Unavailable ignored -> new Step.Wait(PAUSE);
    };
  }

  /** Finds where to begin, once the window knows the topic. */
  private Step place() throws InterruptedException {
    int now = window.generation();
    Map<Integer, Long> ends = window.ends();
    if (now == 0 || ends.isEmpty()) {
      return new Step.Wait(Duration.ofDays(1));
    }
    if (cursor != null) {
      older.clear();
      Step checked = check(cursor);
      if (checked instanceof Step.Again) {
        generation = now;
      }
      return checked;
    }
    Integer only = onlyPartition(ends.size());
    ends.keySet().removeIf(partition -> only != null && !only.equals(partition));
    return switch (start) {
      case StartAt.Now ignored -> begin(now, new Cursor(topic.topicName(), run, only, ends));
      case StartAt.Oldest ignored -> {
        Optional<Map<Integer, History.Bounds>> bounds =
            history.bounds(topic.topicName(), ends.keySet());
        if (bounds.isEmpty()) {
          yield new Step.Wait(PAUSE);
        }
        Map<Integer, Long> oldest = new TreeMap<>();
        bounds.get().forEach((partition, bound) -> oldest.put(partition, bound.oldest()));
        yield begin(now, new Cursor(topic.topicName(), run, only, oldest));
      }
      case StartAt.After after -> {
        Map<Integer, Long> next = new TreeMap<>(after.id().next());
        next.keySet().retainAll(ends.keySet());
        Cursor resumed = new Cursor(topic.topicName(), run, only, next);
        Step checked = check(resumed);
        if (checked instanceof Step.Again) {
          yield begin(now, resumed);
        }
        yield checked;
      }
    };
  }

  private Step begin(int now, Cursor at) {
    cursor = at;
    generation = now;
    signals.addFirst(new Signal.Idle(at.id()));
    return new Step.Again();
  }

  /** Takes every position that the broker does not have to the oldest that it has, and says so. */
  private Step check(Cursor at) throws InterruptedException {
    Map<Integer, Long> ends = window.ends();
    ends.keySet().removeIf(partition -> !at.covers(partition));
    Optional<Map<Integer, History.Bounds>> bounds =
        history.bounds(topic.topicName(), ends.keySet());
    if (bounds.isEmpty()) {
      return new Step.Wait(PAUSE);
    }
    bounds
        .get()
        .forEach(
            (partition, bound) -> {
              long wanted = at.position(partition);
              if (wanted < bound.oldest() || wanted > bound.end()) {
                at.rewind(partition, bound.oldest());
                signals.add(new Signal.Gap(at.id(), partition, wanted, bound.oldest()));
              }
            });
    return new Step.Again();
  }

  /**
   * The partition that all events of the run are in, as Kafka's producers choose it by the key. Not
   * relied upon where somebody has given the topic another number of partitions than the contract:
   * older events of the run are elsewhere then.
   */
  private @Nullable Integer onlyPartition(int partitions) {
    if (run == null || partitions != Topic.PARTITIONS) {
      return null;
    }
    byte[] key = run.value().getBytes(StandardCharsets.UTF_8);
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }
}
