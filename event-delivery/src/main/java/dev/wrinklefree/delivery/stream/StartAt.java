package dev.wrinklefree.delivery.stream;

/** Where a client's stream begins. */
sealed interface StartAt {

  /** With what happens from now on. */
  record Now() implements StartAt {}

  /** With the oldest event that the broker has. */
  record Oldest() implements StartAt {}

  /** After what the client has got. */
  record After(ResumeId id) implements StartAt {}
}
