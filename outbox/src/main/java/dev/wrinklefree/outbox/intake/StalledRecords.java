package dev.wrinklefree.outbox.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which partitions have a record that fails again and again, and since when. */
final class StalledRecords {

  private final Map<String, Instant> since = new ConcurrentHashMap<>();

  void begin(String place, Instant now) {
    since.putIfAbsent(place, now);
  }

  void end(String place) {
    since.remove(place);
  }

  /** For how long the longest has been failing; zero if none is. */
  Duration longest(Instant now) {
    return since.values().stream()
        .map(start -> Duration.between(start, now))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }
}
