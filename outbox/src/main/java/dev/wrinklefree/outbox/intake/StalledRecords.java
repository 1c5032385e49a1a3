package dev.wrinklefree.outbox.intake;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which partitions have a record that fails again and again, since when and why. */
final class StalledRecords {

  private final Map<String, Stall> stalls = new ConcurrentHashMap<>();

  /**
   * A record that fails.
   *
   * @param place topic and partition, as in {@code launch-requested-3}
   * @param since its first failure
   * @param reason its last one
   */
  record Stall(String place, Instant since, String reason) {}

  /** A record of that place failed, for the first time or again. */
  void begin(String place, Throwable failure, Instant now) {
    stalls.merge(
        place,
        new Stall(place, now, failure.toString()),
        (first, last) -> new Stall(place, first.since(), last.reason()));
  }

  void end(String place) {
    stalls.remove(place);
  }

  /** The one that has been failing for longest. */
  Optional<Stall> longest() {
    return stalls.values().stream().min(Comparator.comparing(Stall::since));
  }
}
