package dev.wrinklefree.launch.submission;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Whether SkyPilot lets this replica submit. Thread-safe. */
final class SkyPilotAccess {

  private final InstantSource clock;
  private final Duration memory;
  private final AtomicReference<@Nullable Denial> denial = new AtomicReference<>();

  /**
   * SkyPilot does not let us.
   *
   * @param since first refusal in a row
   * @param last the newest of them
   * @param words what it said
   */
  record Denial(Instant since, Instant last, String words) {}

  /**
   * @param memory for how long a refusal counts that is not repeated, since nobody may be waiting
   *     to try again
   */
  SkyPilotAccess(InstantSource clock, Duration memory) {
    this.clock = clock;
    this.memory = memory;
  }

  void granted() {
    denial.set(null);
  }

  void denied(String words) {
    Instant now = clock.instant();
    denial.updateAndGet(before -> new Denial(before == null ? now : before.since(), now, words));
  }

  /** The denial, while it lasts. */
  Optional<Denial> denial() {
    Instant now = clock.instant();
    return Optional.ofNullable(denial.get()).filter(d -> now.isBefore(d.last().plus(memory)));
  }
}
