package dev.wrinklefree.delivery.stream;

import org.jspecify.annotations.Nullable;

/** What a client is told next. */
sealed interface Signal {

  /**
   * An event.
   *
   * @param id what the client sends to go on after it
   */
  record Event(ResumeId id, StreamedEvent event) implements Signal {}

  /**
   * What the client wanted is no longer on the broker, or never was.
   *
   * @param from the offset that was asked for
   * @param to the offset that the stream goes on with: the oldest there is
   */
  record Gap(ResumeId id, int partition, long from, long to) implements Signal {}

  /**
   * Nothing happened for a while, or the stream just began.
   *
   * @param id how far the client is; absent while the broker has not told where the topic ends
   */
  record Idle(@Nullable ResumeId id) implements Signal {}

  /** There is no more. */
  record End() implements Signal {}
}
