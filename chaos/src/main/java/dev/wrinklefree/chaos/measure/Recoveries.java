package dev.wrinklefree.chaos.measure;

import dev.wrinklefree.chaos.part.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Times from each kill until the part was ready, and until it first did its work again. A part that
 * is killed again before that begins anew. Thread-safe.
 */
public final class Recoveries {

  private final LongSupplier nanos;
  private final Map<Part, Open> open = new EnumMap<>(Part.class);
  private final Map<Part, List<Duration>> toReady = new EnumMap<>(Part.class);
  private final Map<Part, List<Duration>> toWork = new EnumMap<>(Part.class);
  private final Map<Part, List<Duration>> takeOvers = new EnumMap<>(Part.class);
  private final Map<Part, Integer> kills = new EnumMap<>(Part.class);
  private final Map<String, Integer> causes = new TreeMap<>();

  private static final class Open {
    private final long killedNanos;
    private boolean ready;

    Open(long killedNanos) {
      this.killedNanos = killedNanos;
    }
  }

  /** By the system's clock. */
  public Recoveries() {
    this(System::nanoTime);
  }

  Recoveries(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** A part is being killed. */
  public synchronized void killed(Part part, String cause) {
    open.put(part, new Open(nanos.getAsLong()));
    kills.merge(part, 1, Integer::sum);
    causes.merge(cause, 1, Integer::sum);
  }

  /** A part is being killed and will not be started again at once: there is nothing to measure. */
  public synchronized void killedForGood(Part part, String cause) {
    open.remove(part);
    kills.merge(part, 1, Integer::sum);
    causes.merge(cause, 1, Integer::sum);
  }

  /** A part serves again. */
  public synchronized void ready(Part part) {
    Open recovery = open.get(part);
    if (recovery != null && !recovery.ready) {
      recovery.ready = true;
      add(toReady, part, nanos.getAsLong() - recovery.killedNanos);
    }
  }

  /**
   * A part did some of its work.
   *
   * @param sinceNanos when the connection was opened over which it did; work over one from before
   *     the kill is no sign of life
   */
  public synchronized void worked(Part part, long sinceNanos) {
    Open recovery = open.get(part);
    if (recovery != null && sinceNanos - recovery.killedNanos > 0) {
      open.remove(part);
      long now = nanos.getAsLong();
      if (!recovery.ready) {
        add(toReady, part, now - recovery.killedNanos);
      }
      add(toWork, part, now - recovery.killedNanos);
    }
  }

  /** Another replica looked, so long after the one that held the watch was killed. */
  public synchronized void tookOver(Part part, Duration after) {
    takeOvers.computeIfAbsent(part, key -> new ArrayList<>()).add(after);
  }

  /** How many kills there were. */
  public synchronized int kills() {
    return kills.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Kills of one part. */
  public synchronized int kills(Part part) {
    return kills.getOrDefault(part, 0);
  }

  /** Kills by what led to them. */
  public synchronized Map<String, Integer> causes() {
    return new TreeMap<>(causes);
  }

  /** From the kill until it was ready. */
  public synchronized Times toReady(Part part) {
    return Times.of(toReady.get(part));
  }

  /** From the kill until it first worked. */
  public synchronized Times toWork(Part part) {
    return Times.of(toWork.get(part));
  }

  /** From the kill of a watcher until another looked. */
  public synchronized Times takeOver(Part part) {
    return Times.of(takeOvers.get(part));
  }

  private static void add(Map<Part, List<Duration>> times, Part part, long nanos) {
    times.computeIfAbsent(part, key -> new ArrayList<>()).add(Duration.ofNanos(nanos));
  }

  /**
   * Some times, of which a person reads two.
   *
   * @param count how many
   * @param median the lower middle one; absent if there is none
   * @param worst the longest; absent if there is none
   */
  public record Times(int count, @Nullable Duration median, @Nullable Duration worst) {

    static Times of(@Nullable List<Duration> times) {
      if (times == null || times.isEmpty()) {
        return new Times(0, null, null);
      }
      List<Duration> sorted = times.stream().sorted().toList();
      return new Times(sorted.size(), sorted.get((sorted.size() - 1) / 2), sorted.getLast());
    }
  }
}
