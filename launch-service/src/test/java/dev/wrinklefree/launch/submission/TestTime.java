package dev.wrinklefree.launch.submission;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that only the test moves. */
final class TestTime implements InstantSource {

  private Instant now = Instant.parse("2026-11-23T12:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  void advance(Duration duration) {
    now = now.plus(duration);
  }

  void advanceTo(Instant when) {
    if (when.isAfter(now)) {
      now = when;
    }
  }
}
