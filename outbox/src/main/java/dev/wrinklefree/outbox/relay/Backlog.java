package dev.wrinklefree.outbox.relay;

import java.time.Duration;

/**
 * How much is waiting to be published.
 *
 * @param depth number of events
 * @param oldest age of the oldest one; zero if there is none
 */
public record Backlog(long depth, Duration oldest) {

  /** Nothing waits. */
  public static final Backlog EMPTY = new Backlog(0, Duration.ZERO);
}
